package io.stepsync.store;

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
public record LatestRuns(List<Optional<StoredRun>> byLane) {

  /** The state of one lane is that of all; a lane that is caught up waits for the others. */
  private static final List<StreamState> DECISIVE =
      List.of(StreamState.RUNNING, StreamState.FAILED, StreamState.BROKEN_OFF, StreamState.STOPPED);

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
  public LatestRuns or(LatestRuns others) {
    return of(Stream.concat(all(), others.all()).toList(), byLane.size());
  }

  public Stream<StoredRun> all() {
    return byLane.stream().flatMap(Optional::stream);
  }

  public Optional<StoredRun> last() {
    return latest(all());
  }

  public boolean isRunning() {
    return all().anyMatch(StoredRun::isRunning);
  }

  public StreamState state(int lane) {
    return byLane.get(lane).map(StoredRun::state).orElse(StreamState.NEVER_RUN);
  }

  /** Returns the state of the stream: caught up if all of its lanes are. */
  public StreamState state() {
    List<StreamState> states = all().map(StoredRun::state).toList();
    if (states.isEmpty()) {
      return StreamState.NEVER_RUN;
    }
    StreamState last = states.size() < byLane.size() ? StreamState.STOPPED : StreamState.CAUGHT_UP;
    return DECISIVE.stream().filter(states::contains).findFirst().orElse(last);
  }

  /** Returns the API's highest ID as the latest run that knows it was told; null for none. */
  public Long head() {
    return latest(all().filter(run -> run.head() != null)).map(StoredRun::head).orElse(null);
  }

  /** Returns why the lowest lane failed that did; null for none. */
  public String error() {
    return all()
        .filter(run -> run.error() != null)
        .findFirst()
        .map(run -> byLane.size() == 1 ? run.error() : "lane " + run.lane() + ": " + run.error())
        .orElse(null);
  }

  /** Returns when all lanes had ended; null where one had no run. */
  public Instant ended() {
    boolean all = byLane.stream().allMatch(Optional::isPresent);
    return all ? all().map(StoredRun::ended).min(Comparator.naturalOrder()).orElse(null) : null;
  }
}
