package io.stepsync.cli;

import io.stepsync.StreamSettings;
import io.stepsync.camel.FoundNothing;
import io.stepsync.camel.SilentSchedules;
import io.stepsync.cli.StreamStatus.LaneStatus;
import io.stepsync.standing.StreamStanding;
import io.stepsync.standing.StreamStandings;
import io.stepsync.steps.firing.Crons;
import io.stepsync.store.budget.Budgets;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.window.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds out how streams stand: from stepsync's tables, and from what schedules say. */
public final class StreamStatuses {

  private final StoredRuns runs;
  private final StreamStandings standings;
  private final Budgets budgets;
  private final Instant now;

  public StreamStatuses(JdbcTemplate sql, Budgets budgets, Instant now) {
    this.runs = new StoredRuns(sql);
    this.standings = new StreamStandings(sql, () -> now);
    this.budgets = budgets;
    this.now = now;
  }

  /**
   * Returns how streams stand, in their order.
   *
   * @param schedules those of the streams, by their names
   * @throws IllegalStateException if state rows are damaged
   */
  public List<StreamStatus> of(List<StreamSettings> streams, Map<String, String> schedules) {
    StreamStanding.Read read =
        standings.read(streams.stream().map(StreamSettings::name).toList(), Set.of());
    return streams.stream().map(stream -> of(stream, schedules.get(stream.name()), read)).toList();
  }

  private StreamStatus of(StreamSettings stream, String schedule, StreamStanding.Read read) {
    StreamStanding standing = read.of(stream);
    if (standing.damage() != null) {
      throw new IllegalStateException(standing.damage());
    }
    Optional<StoredRun> last = standing.runs().lastSyncOrRefresh();
    return new StreamStatus(
        stream.name(),
        standing.state(),
        standing.pausedAt(),
        standing.lateSince(),
        standing.checkpoint().orElse(null),
        standing.runs().head().orElse(null),
        standing.lag().orElse(null),
        standing.young().count(),
        standing.youngUntil().orElse(null),
        runs.caughtUp(stream.name()).orElse(null),
        standing.lastWritten().orElse(null),
        standing.deadLetters(),
        Crons.next(schedule, now).orElse(null),
        SilentSchedules.problemAnd(
            standing
                .runs()
                .error()
                .or(() -> FoundNothing.problem(stream, standing.lanes(), last))
                .orElse(null),
            stream,
            schedule),
        last.orElse(null),
        new RefreshStatus(stream, standing.refreshes(), now).of(standing.rows()),
        Optional.ofNullable(standing.verified())
            .map(
                report ->
                    new StreamStatus.Verified(
                        report.ended(),
                        report.isEqual(),
                        report.getDifferenceCount(),
                        report.getSummary()))
            .orElse(null),
        budgets.status(stream, read.heldBudgets()).orElse(null),
        standing.laneCount() == 1 ? null : lanes(standing));
  }

  private static List<LaneStatus> lanes(StreamStanding standing) {
    List<LaneStatus> statuses = new ArrayList<>();
    List<Lane> lanes = standing.lanes().orElseThrow().all();
    for (int number = 0; number < lanes.size(); number++) {
      Lane lane = lanes.get(number);
      Optional<StoredRun> run = standing.runs().latest(number);
      statuses.add(
          new LaneStatus(
              number,
              lane.firstId() == 0 ? null : lane.firstId(),
              lane.isOpenEnded() ? null : lane.lastId(),
              lane.checkpoint().currentId(),
              standing.runs().head().map(lane::unsettled).orElse(null),
              lane.isSettled(),
              standing.runs().state(number),
              run.map(StoredRun::node).orElse(null),
              run.map(StoredRun::error).orElse(null)));
    }
    return statuses;
  }
}
