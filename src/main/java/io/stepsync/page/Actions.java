package io.stepsync.page;

import io.stepsync.api.Stepsync;
import io.stepsync.store.RunKind;
import java.util.Map;
import java.util.Optional;

/** What can be asked of a stream. One at a time: thread-safe. */
final class Actions {

  /** Conflict: it does not apply as the stream stands. */
  private static final int NOT_NOW = 409;

  private final Tables tables;
  private final Triggers triggers;
  private final Stepsync stepsync;
  private final Map<String, Action> byName =
      Map.of("run", this::run, "pause", this::pause, "resume", this::resume, "retry", this::retry);

  Actions(Tables tables, Triggers triggers, Stepsync stepsync) {
    this.tables = tables;
    this.triggers = triggers;
    this.stepsync = stepsync;
  }

  /** What is done with a stream. */
  interface Action {
    /**
     * Does it, and returns what was done, in a sentence.
     *
     * @throws Refusal if it does not apply
     */
    String on(String stream);
  }

  Optional<Action> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private synchronized String run(String stream) {
    fire(stream, RunKind.SYNC);
    return stream + ": a run starts";
  }

  private synchronized String retry(String stream) {
    if (tables.deadLetterCounts().getOrDefault(stream, 0L) == 0) {
      throw new Refusal(NOT_NOW, stream + " has no dead letters");
    }
    fire(stream, RunKind.RETRY);
    return stream + ": its dead letters are tried again";
  }

  private void fire(String stream, RunKind kind) {
    if (tables.isPaused(stream)) {
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
