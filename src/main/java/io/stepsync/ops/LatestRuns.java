package io.stepsync.ops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The latest run of each lane that a stream has, the lowest first: what they tell of the stream.
 *
 * @param byLane one for each lane, at least one; empty for a lane that had none
 */
record LatestRuns(List<Optional<StoredRun>> byLane) {

  private static final String NEVER_RUN = "never_run";

  /** The state of one lane is that of all; a lane that is caught up waits for the others. */
  private static final List<String> DECISIVE =
      List.of("running", "failed", "broken_off", "stopped");

  static LatestRuns of(Collection<StoredRun> runs, int lanes) {
    List<Optional<StoredRun>> byLane = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int number = lane;
      byLane.add(latest(runs.stream().filter(run -> run.lane() == number)));
    }
    return new LatestRuns(byLane);
  }

  private static Optional<StoredRun> latest(Stream<StoredRun> runs) {
    return runs.max(Comparator.comparing(StoredRun::started));
  }

  /** Returns the later run of each lane. */
  LatestRuns or(LatestRuns others) {
    return of(Stream.concat(all(), others.all()).toList(), byLane.size());
  }

  Stream<StoredRun> all() {
    return byLane.stream().flatMap(Optional::stream);
  }

  Optional<StoredRun> last() {
    return latest(all());
  }

  boolean isRunning() {
    return all().anyMatch(StoredRun::isRunning);
  }

  String state(int lane) {
    return byLane.get(lane).map(StoredRun::state).orElse(NEVER_RUN);
  }

  /** Returns the state of the stream: caught up if all of its lanes are. */
  String state() {
    List<String> states = all().map(StoredRun::state).toList();
    if (states.isEmpty()) {
      return NEVER_RUN;
    }
    String last = states.size() < byLane.size() ? "stopped" : "caught_up";
    return DECISIVE.stream().filter(states::contains).findFirst().orElse(last);
  }

  /** Returns the API's highest ID as the latest run that knows it was told; null for none. */
  Long head() {
    return latest(all().filter(run -> run.head() != null)).map(StoredRun::head).orElse(null);
  }

  /** Returns why the lowest lane failed that did; null for none. */
  String error() {
    return all()
        .filter(run -> run.error() != null)
        .findFirst()
        .map(run -> byLane.size() == 1 ? run.error() : "lane " + run.lane() + ": " + run.error())
        .orElse(null);
  }

  /** Returns when all lanes had ended; null where one had no run. */
  Instant ended() {
    boolean all = byLane.stream().allMatch(Optional::isPresent);
    return all ? all().map(StoredRun::ended).min(Comparator.naturalOrder()).orElse(null) : null;
  }
}
