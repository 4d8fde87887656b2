package io.stepsync.page.runs;

import io.stepsync.store.RunKind;
import io.stepsync.store.StreamState;
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
public record StreamRuns(List<RunRow> all, int lanes, boolean isRunning) {

  /**
   * Returns those of a stream.
   *
   * @param all the last run of each kind and lane there ever was
   */
  public static StreamRuns of(List<RunRow> all, int lanes, boolean refreshes, boolean isRunning) {
    return new StreamRuns(
        all.stream()
            .filter(run -> run.lane() < lanes)
            .filter(run -> counts(run, all, refreshes))
            .toList(),
        lanes,
        isRunning);
  }

  /** Of runs that are asked for by hand, and of those that were set once, the latest counts. */
  private static boolean counts(RunRow run, List<RunRow> all, boolean refreshes) {
    boolean latest =
        all.stream().filter(other -> other.lane() == run.lane()).findFirst().get().equals(run);
    return latest || run.isOf(RunKind.SYNC) || (refreshes && run.isOf(RunKind.REFRESH));
  }

  /** The last run of a lane. */
  private Optional<RunRow> latest(int lane) {
    return all.stream().filter(run -> run.lane() == lane).findFirst();
  }

  private List<RunRow> latestOfLanes() {
    return IntStream.range(0, lanes).mapToObj(this::latest).flatMap(Optional::stream).toList();
  }

  /** The last run, of all lanes together. */
  public Optional<RunRow> latest() {
    List<RunRow> latest =
        latestOfLanes().stream().sorted(Comparator.comparing(RunRow::started).reversed()).toList();
    return SideBySide.of(latest).stream().findFirst();
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
    List<RunRow> latest = latestOfLanes();
    if (latest.stream().anyMatch(RunRow::isBrokenOff)) {
      return StreamState.BROKEN_OFF;
    }
    boolean stopped =
        latest.size() < lanes || latest.stream().anyMatch(run -> run.hasStatus("paused"));
    return stopped ? StreamState.STOPPED : StreamState.CAUGHT_UP;
  }

  /** The highest ID that the API told; not all runs ask for it. */
  public Optional<Long> head() {
    return all.stream().map(RunRow::head).filter(Objects::nonNull).findFirst().map(Long::valueOf);
  }

  /**
   * Why the stream's last sync, refresh or retry failed, with the lane where there are several. A
   * later good one of its kind clears it. While one lane runs, another may have failed.
   */
  public Optional<String> error() {
    List<RunRow> failed =
        IntStream.range(0, lanes)
            .mapToObj(this::failed)
            .flatMap(Optional::stream)
            .filter(run -> lanes > 1 || !isRunning)
            .toList();
    return failed.stream().findFirst().map(run -> reason(run, failed.size() - 1));
  }

  private Optional<RunRow> failed(int lane) {
    return latest(lane).filter(RunRow::isBrokenOff).isPresent()
        ? Optional.empty()
        : all.stream().filter(run -> run.lane() == lane && run.hasStatus("failed")).findFirst();
  }

  private String reason(RunRow run, int others) {
    String reason = run.error() == null ? "no reason is known" : run.error();
    String more =
        others == 0 ? "" : others == 1 ? "; another failed too" : "; " + others + " more failed";
    return lanes == 1 ? reason : "lane " + run.lane() + ": " + reason + more;
  }
}
