package io.stepsync.page;

import io.stepsync.api.Stepsync;
import io.stepsync.api.preview.StreamPreview;
import io.stepsync.store.RunKind;
import io.stepsync.store.StreamMoments;
import io.stepsync.store.letters.DeadLetterTable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What can be asked of a stream. Thread-safe; what changes something is done one at a time. */
final class Actions {

  /** Conflict: it does not apply as the stream stands. */
  private static final int NOT_NOW = 409;

  /** Bad gateway: the stream's API does not answer as it must. */
  private static final int NO_ANSWER = 502;

  private final JdbcTemplate sql;
  private final Triggers triggers;
  private final Stepsync stepsync;
  private final CamelContext context;
  private final KnownStreams streams;
  private final Set<String> previewed = ConcurrentHashMap.newKeySet();
  private final Map<String, Action> byName =
      Map.of(
          "run",
          told(this::run),
          "pause",
          told(this::pause),
          "resume",
          told(this::resume),
          "retry",
          told(this::retry),
          "preview",
          this::preview);

  Actions(
      CamelContext context,
      KnownStreams streams,
      JdbcTemplate sql,
      Triggers triggers,
      Stepsync stepsync) {
    this.context = context;
    this.streams = streams;
    this.sql = sql;
    this.triggers = triggers;
    this.stepsync = stepsync;
  }

  /** What is done with a stream. */
  interface Action {
    /**
     * Does it, and returns what is answered.
     *
     * @throws Refusal if it does not apply
     */
    Object on(String stream);
  }

  private static Action told(UnaryOperator<String> action) {
    return stream -> Map.of("message", action.apply(stream));
  }

  Optional<Action> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** One at a time of a stream, as whoever waits for an API may ask again. */
  private StreamPreview preview(String stream) {
    if (!previewed.add(stream)) {
      throw new Refusal(NOT_NOW, stream + " is being previewed");
    }
    try {
      return StreamPreview.of(context, streams.now().get(stream));
    } catch (StreamPreview.FailedException e) {
      throw new Refusal(NO_ANSWER, e.getMessage());
    } finally {
      previewed.remove(stream);
    }
  }

  private synchronized String run(String stream) {
    fire(stream, RunKind.SYNC);
    return stream + ": a run starts";
  }

  private synchronized String retry(String stream) {
    if (new DeadLetterTable(sql).count(stream, "") == 0) {
      throw new Refusal(NOT_NOW, stream + " has no dead letters");
    }
    fire(stream, RunKind.RETRY);
    return stream + ": its dead letters are tried again";
  }

  private void fire(String stream, RunKind kind) {
    if (StreamMoments.paused(sql).of(stream).isPresent()) {
      throw new Refusal(NOT_NOW, stream + " is paused; resume it first");
    }
    Triggers.Read read = triggers.read();
    if (read.isRunning(stream)) {
      throw new Refusal(NOT_NOW, stream + " is running");
    }
    if (!read.isThere(stream)) {
      throw new Refusal(NOT_NOW, stream + " has a schedule that never fires again");
    }
    triggers.fire(stream, kind);
  }

  private synchronized String pause(String stream) {
    stepsync.pause(stream);
    return stream + ": paused; a run that goes on is finished";
  }

  private synchronized String resume(String stream) {
    stepsync.resume(stream);
    return stream + ": resumed; its schedule fires again";
  }
}
