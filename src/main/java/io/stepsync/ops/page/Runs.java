package io.stepsync.ops.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The last runs of a stream, and what state they leave it in. */
record Runs(
    Optional<RunRow> latest, Optional<RunRow> sync, Optional<RunRow> refresh, boolean isRunning) {

  String state() {
    if (isRunning) {
      return "running";
    }
    if (latest.isEmpty()) {
      return "never";
    }
    if (has("running") || has("broken_off")) {
      return "unfinished";
    }
    return error().isPresent() ? "failed" : has("paused") ? "stopped" : "caught_up";
  }

  private boolean has(String status) {
    return latest.get().hasStatus(status);
  }

  /** The highest ID that the API told; not all runs ask for it. */
  Optional<Long> head() {
    return List.of(latest, sync).stream()
        .flatMap(Optional::stream)
        .flatMap(run -> Stream.ofNullable(run.head()))
        .map(Long::valueOf)
        .findFirst();
  }

  /**
   * Why the stream's last sync, refresh or retry failed. A later good one of its kind clears it.
   */
  Optional<String> error() {
    return Stream.of(latest, sync, refresh)
        .flatMap(Optional::stream)
        .filter(run -> !isRunning && run.hasStatus("failed"))
        .map(run -> run.error() == null ? "no reason is known" : run.error())
        .findFirst();
  }
}
