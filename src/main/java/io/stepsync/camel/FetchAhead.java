package io.stepsync.camel;

import io.stepsync.http.Answer;
import io.stepsync.sync.IdWindow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;

/**
 * The windows of a run that are asked for: the one at hand, and those behind it, which are asked
 * for while it is written. An answer to a window that is not asked after all is thrown away.
 *
 * <p>Used by one thread at a time.
 */
final class FetchAhead implements AutoCloseable {

  private final CamelContext context;
  private final WindowRequest request;
  private final ExecutorService threads;
  private final Map<IdWindow, Future<Fetched>> fetches = new HashMap<>();

  FetchAhead(CamelContext context, WindowRequest request, int mostAhead) {
    this.context = context;
    this.request = request;
    this.threads =
        mostAhead == 0
            ? null
            : context
                .getExecutorServiceManager()
                .newThreadPool(this, "stepsync-fetch", mostAhead + 1, mostAhead + 1);
  }

  /**
   * Returns the answer to a window, with its rows.
   *
   * @param ahead the windows that will be asked behind it, as far as can be told
   */
  Fetched fetch(IdWindow window, Collection<IdWindow> ahead) throws Exception {
    if (threads == null) {
      return fetchBesides(window);
    }
    fetches.keySet().removeIf(old -> !old.equals(window) && !ahead.contains(old));
    begin(window);
    ahead.forEach(this::begin);
    try {
      return request.read(window, fetches.remove(window).get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** As {@link #fetch}, but besides what is asked ahead. */
  Fetched fetchBesides(IdWindow window) throws Exception {
    return request.read(window, request.ask(window));
  }

  /** Returns the stored record that stands for the answer to a window, with its row. */
  Fetched stored(IdWindow window, Answer stored) throws Exception {
    return request.readStored(window, stored);
  }

  private void begin(IdWindow window) {
    fetches.computeIfAbsent(window, asked -> threads.submit(() -> request.ask(asked)));
  }

  @Override
  public void close() {
    if (threads != null) {
      context.getExecutorServiceManager().shutdownNow(threads);
    }
    request.close();
  }
}
