package io.stepsync.camel;

import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import io.stepsync.sync.IdWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * The requests of a run: that of the window at hand, and those of the windows behind it, which are
 * made while it is written. An answer to a window that is not asked after all is thrown away.
 *
 * <p>Each request has an exchange of its own: camel-http leaves a note on its exchange for each
 * request, which would pile up on that of a long run.
 *
 * <p>Used by one thread at a time.
 */
final class FetchAhead implements AutoCloseable {

  private static final String FETCH = "direct:stepsync-fetch";

  private final CamelContext context;
  private final Run run;
  private final ProducerTemplate template;
  private final ExecutorService threads;
  private final Map<IdWindow, Future<Fetched>> requests = new HashMap<>();

  /** Records take so many times the memory of their JSON, by a rough estimate. */
  private static final long EXPANSION = 8;

  /**
   * An answer with its records.
   *
   * @param bytes the length of its JSON
   * @param millis how long it took
   */
  record Fetched(Iterator<Map<String, Object>> records, long bytes, long millis) {}

  FetchAhead(CamelContext context, Run run, int mostAhead) {
    this.context = context;
    this.run = run;
    this.template = context.createProducerTemplate();
    this.threads =
        mostAhead == 0
            ? null
            : context
                .getExecutorServiceManager()
                .newThreadPool(this, "stepsync-fetch", mostAhead + 1, mostAhead + 1);
  }

  /**
   * Returns the answer to a window.
   *
   * @param ahead the windows that will be asked behind it, as far as can be told
   */
  Fetched fetch(IdWindow window, Collection<IdWindow> ahead) throws Exception {
    if (threads == null) {
      return request(window);
    }
    requests.keySet().removeIf(old -> !old.equals(window) && !ahead.contains(old));
    begin(window);
    ahead.forEach(this::begin);
    try {
      return requests.remove(window).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private void begin(IdWindow window) {
    requests.computeIfAbsent(window, asked -> threads.submit(() -> request(asked)));
  }

  private Fetched request(IdWindow window) throws Exception {
    Exchange request = new DefaultExchange(context, ExchangePattern.InOut);
    request.setVariable(Variables.RUN, run);
    request.setVariable(Variables.WINDOW, window);
    template.send(FETCH, request);
    long millis = request.getClock().elapsed();
    if (request.getException() != null) {
      throw request.getException();
    }
    Answer answer = request.getMessage().getMandatoryBody(Answer.class);
    return new Fetched(records(answer), answer.length(), millis);
  }

  /** Here the records are read while others are written, unless that could take much memory. */
  private Iterator<Map<String, Object>> records(Answer answer) {
    RecordReader reader = new RecordReader(answer, run.getRequest().records());
    if (answer.length() > run.getRequest().maxResponseBytes() / EXPANSION) {
      return reader;
    }
    List<Map<String, Object>> records = new ArrayList<>();
    reader.forEachRemaining(records::add);
    return records.iterator();
  }

  @Override
  public void close() {
    if (threads != null) {
      context.getExecutorServiceManager().shutdownNow(threads);
    }
    try {
      template.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
