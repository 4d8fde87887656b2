package io.stepsync.standing;

import io.stepsync.store.RunKind;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StreamState;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The last runs of a stream, and what state they leave it in.
 *
 * @param all the last run of each kind and lane that counts, the latest first
 * @param lanes how many lanes the stream has, at least 1
 * @param isRunning whether one of them runs
 */
public record StreamRuns(List<StoredRun> all, int lanes, boolean isRunning) {

  /**
   * Returns those of a stream.
   *
   * @param all the last run of each kind and lane there ever was, the latest first
   * @param refreshes whether the stream has a schedule for them
   * @param isRunning whether one of its runs is under way in this process, or on a node; empty
   *     where nothing but the rows tells
   */
  static StreamRuns of(
      List<StoredRun> all, int lanes, boolean refreshes, Optional<Boolean> isRunning) {
    List<StoredRun> counting =
        all.stream()
            .filter(run -> run.lane() < lanes)
            .filter(run -> counts(run, all, refreshes))
            .toList();
    return new StreamRuns(
        counting,
        lanes,
        isRunning.orElse(false)
            || counting.stream()
                .filter(StoredRun::isRunning)
                .anyMatch(run -> isRunning.isEmpty() || run.isElsewhere()));
  }

  /** Returns the last refresh of each lane, scheduled or not, as their rows tell. */
  static StreamRuns refreshes(List<StoredRun> all, int lanes) {
    List<StoredRun> refreshes =
        all.stream().filter(run -> run.lane() < lanes && run.isOf(RunKind.REFRESH)).toList();
    return new StreamRuns(refreshes, lanes, refreshes.stream().anyMatch(StoredRun::isRunning));
  }

  private static boolean isUnclear(StoredRun run) {
    return run.state() == StreamState.RUNNING_OR_BROKEN_OFF;
  }

  /** Of runs that are asked for by hand, and of those that were set once, the latest counts. */
  private static boolean counts(StoredRun run, List<StoredRun> all, boolean refreshes) {
    boolean latest =
        all.stream().filter(other -> other.lane() == run.lane()).findFirst().get().equals(run);
    return latest || run.isOf(RunKind.SYNC) || (refreshes && run.isOf(RunKind.REFRESH));
  }

  /** The last run of a lane. */
  public Optional<StoredRun> latest(int lane) {
    return all.stream().filter(run -> run.lane() == lane).findFirst();
  }

  private List<StoredRun> latestOfLanes() {
    return IntStream.range(0, lanes).mapToObj(this::latest).flatMap(Optional::stream).toList();
  }

  /** The last run of each lane, the latest first. */
  public List<StoredRun> latest() {
    return latestOfLanes().stream()
        .sorted(Comparator.comparing(StoredRun::started).reversed())
        .toList();
  }

  public boolean isRefreshing() {
    return isRunning && latestOfLanes().stream().anyMatch(run -> run.isOf(RunKind.REFRESH));
  }

  public StreamState state() {
    if (isRunning) {
      return StreamState.RUNNING;
    }
    if (all.isEmpty()) {
      return StreamState.NEVER_RUN;
    }
    if (error().isPresent()) {
      return StreamState.FAILED;
    }
    List<StoredRun> latest = latestOfLanes();
    if (latest.stream().anyMatch(StoredRun::isBrokenOff)) {
      return StreamState.BROKEN_OFF;
    }
    if (latest.stream().anyMatch(StreamRuns::isUnclear)) {
      return StreamState.RUNNING_OR_BROKEN_OFF;
    }
    boolean stopped =
        latest.size() < lanes
            || latest.stream().anyMatch(run -> run.state() == StreamState.STOPPED);
    return stopped ? StreamState.STOPPED : StreamState.CAUGHT_UP;
  }

  /** The state in which its last run leaves a lane. */
  public StreamState state(int lane) {
    return latest(lane).map(StoredRun::state).orElse(StreamState.NEVER_RUN);
  }

  /** The last run that was a sync or a refresh. */
  public Optional<StoredRun> lastSyncOrRefresh() {
    return all.stream()
        .filter(run -> run.isOf(RunKind.SYNC) || run.isOf(RunKind.REFRESH))
        .findFirst();
  }

  /** The highest ID that the API told; not all runs ask for it. */
  public Optional<Long> head() {
    return all.stream().map(StoredRun::head).filter(Objects::nonNull).findFirst();
  }

  /**
   * Why the stream's last sync, refresh or retry failed, with the lane where there are several. A
   * later good one of its kind clears it. While one lane runs, another may have failed.
   */
  public Optional<String> error() {
    List<StoredRun> failed =
        IntStream.range(0, lanes)
            .mapToObj(this::failed)
            .flatMap(Optional::stream)
            .filter(run -> lanes > 1 || !isRunning)
            .toList();
    return failed.stream().findFirst().map(run -> reason(run, failed.size() - 1));
  }

  private Optional<StoredRun> failed(int lane) {
    return latest(lane).filter(run -> run.isBrokenOff() || isUnclear(run)).isPresent()
        ? Optional.empty()
        : all.stream()
            .filter(run -> run.lane() == lane && run.state() == StreamState.FAILED)
            .findFirst();
  }

  private String reason(StoredRun run, int others) {
    String reason = run.error() == null ? "no reason is known" : run.error();
    String more =
        others == 0 ? "" : others == 1 ? "; another failed too" : "; " + others + " more failed";
    return lanes == 1 ? reason : "lane " + run.lane() + ": " + reason + more;
  }
}
