package io.stepsync.page;

import io.stepsync.api.Stepsync;
import io.stepsync.page.Actions.Action;
import io.stepsync.run.Failures;
import io.stepsync.standing.StreamStandings;
import io.stepsync.store.DataSources;
import io.stepsync.store.budget.Budgets;
import io.stepsync.store.letters.DeadLetterTable;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the page asks, as JSON. Times are milliseconds since 1970, IDs are text.
 *
 * <ul>
 *   <li>{@code GET /api/streams} is {@code {"streams": [...]}} of {@link TileStatus}
 *   <li>{@code GET /api/stream?stream=user} is a {@link TileDetail}
 *   <li>{@code GET /api/dead-letters} is {@code {"deadLetters": [...]}} of {@link DeadLetterRow},
 *       at most 30, with {@code ?stream=user} of that stream
 *   <li>{@code POST /api/run?stream=user}, and so {@code pause}, {@code resume} and {@code retry},
 *       is {@code {"message": ...}}, or status 409 where it does not apply
 *   <li>{@code POST /api/preview?stream=user} asks the stream's API, writes nothing, and is a
 *       {@link io.stepsync.api.preview.StreamPreview}; status 409 while it goes on for another, 502
 *       where the API does not answer as it must
 * </ul>
 *
 * An error is {@code {"error": ...}}: status 404 for a stream that does not exist, 405 for a wrong
 * method, 503 where the database does not answer. Answers have an ETag.
 *
 * <p>Thread-safe.
 */
final class Api implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String PATH = "/api/";

  private final KnownStreams streams;
  private final DeadLetterTable letters;
  private final Actions actions;
  private final Executor readers;
  private final ReadCache<Shown> statuses;
  private final StreamDetails source;
  private final Map<String, ReadCache<TileDetail>> details = new ConcurrentHashMap<>();

  /**
   * The streams, and the answer that tells them: with a thousand of them it takes a while to write.
   */
  private record Shown(List<TileStatus> streams, Buffer json) {

    static Shown of(List<TileStatus> streams) {
      return new Shown(streams, HttpReplies.json(Map.of("streams", streams)));
    }
  }

  private Api(CamelContext context, KnownStreams streams, JdbcTemplate sql, Triggers triggers) {
    this.streams = streams;
    this.letters = new DeadLetterTable(sql);
    this.actions = new Actions(context, streams, sql, triggers, Stepsync.in(context));
    this.readers = context.getExecutorServiceManager().newCachedThreadPool(this, "stepsync-page");
    Statuses all =
        new Statuses(
            streams,
            new StreamStandings(sql, InstantSource.system()),
            triggers,
            Budgets.of(context));
    this.statuses = new ReadCache<>(() -> Shown.of(all.all()), readers);
    this.source = new StreamDetails(sql);
  }

  static Api of(CamelContext context) {
    return new Api(
        context,
        new KnownStreams(context),
        new JdbcTemplate(DataSources.of(context)),
        new Triggers(context));
  }

  @Override
  public void handle(RoutingContext exchange) {
    String path = exchange.request().path();
    if (!path.startsWith(PATH)) {
      exchange.next();
      return;
    }
    String name = path.substring(PATH.length());
    Optional<Action> action = actions.named(name);
    Optional<String> stream = Optional.ofNullable(exchange.request().getParam("stream"));
    if (action.isEmpty() && !List.of("streams", "stream", "dead-letters").contains(name)) {
      HttpReplies.error(exchange, 404, "there is nothing here");
    } else if (action.isPresent() != exchange.request().method().equals(HttpMethod.POST)) {
      exchange.response().putHeader("Allow", action.isPresent() ? "POST" : "GET, HEAD");
      HttpReplies.error(
          exchange, 405, "the method must be " + (action.isPresent() ? "POST" : "GET"));
    } else {
      reply(exchange, () -> action.isPresent() ? act(action.get(), stream) : read(name, stream));
    }
  }

  private String known(Optional<String> stream) {
    Set<String> names = streams.now().keySet();
    return stream
        .filter(names::contains)
        .orElseThrow(() -> new Refusal(404, "stream must be one of " + names));
  }

  private Buffer act(Action action, Optional<String> stream) {
    String name = known(stream);
    try {
      return HttpReplies.json(action.on(name));
    } finally {
      statuses.forget();
      details(name).forget();
    }
  }

  private Buffer read(String name, Optional<String> stream) {
    return switch (name) {
      case "streams" -> statuses.get().json();
      case "stream" -> HttpReplies.json(details(known(stream)).get());
      default ->
          HttpReplies.json(
              Map.of(
                  "deadLetters",
                  DeadLetterRow.all(letters, stream.map(Optional::of).map(this::known))));
    };
  }

  private ReadCache<TileDetail> details(String stream) {
    return details.computeIfAbsent(
        stream,
        name -> new ReadCache<>(() -> source.of(streams.now().get(name), status(name)), readers));
  }

  /** The database is not asked by the thread that all requests share. */
  private static void reply(RoutingContext exchange, Callable<Buffer> source) {
    exchange
        .vertx()
        .executeBlocking(source, false)
        .onSuccess(json -> HttpReplies.json(exchange, json))
        .onFailure(failure -> fail(exchange, failure));
  }

  private TileStatus status(String stream) {
    return statuses.get().streams().stream()
        .filter(status -> status.name().equals(stream))
        .findFirst()
        .orElseThrow(() -> new Refusal(404, "stream " + stream + " is no more"));
  }

  private static void fail(RoutingContext exchange, Throwable failure) {
    if (failure instanceof Refusal refusal) {
      HttpReplies.error(exchange, refusal.status(), refusal.getMessage());
    } else {
      LOG.warn("status page: {}", Failures.message(failure));
      HttpReplies.error(exchange, 503, Failures.message(failure));
    }
  }
}
