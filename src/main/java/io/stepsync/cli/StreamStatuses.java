package io.stepsync.cli;

import io.stepsync.StreamSettings;
import io.stepsync.camel.FoundNothing;
import io.stepsync.camel.SilentSchedules;
import io.stepsync.cli.StreamStatus.LaneStatus;
import io.stepsync.store.LateStreams;
import io.stepsync.store.LatestRuns;
import io.stepsync.store.PausedStreams;
import io.stepsync.store.StateRows;
import io.stepsync.store.StoredRun;
import io.stepsync.store.StoredRuns;
import io.stepsync.store.StreamState;
import io.stepsync.store.budget.BudgetStatus;
import io.stepsync.store.budget.Budgets;
import io.stepsync.verify.VerifyReports;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.YoungIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds out how streams stand: from stepsync's tables, and from what schedules say. */
public final class StreamStatuses {

  private static final String DEAD_LETTERS =
      "SELECT COUNT(*) FROM stepsync_dead_letter WHERE stream = ?";

  private final JdbcTemplate sql;
  private final StoredRuns runs;
  private final StateRows states;
  private final PausedStreams paused;
  private final LateStreams late;
  private final Budgets budgets;
  private final Map<String, Instant> held;
  private final Instant now;

  public StreamStatuses(JdbcTemplate sql, Budgets budgets, Instant now) {
    this.sql = sql;
    this.runs = new StoredRuns(sql);
    this.states = new StateRows(sql);
    this.paused = new PausedStreams(sql);
    this.late = new LateStreams(sql);
    this.budgets = budgets;
    this.held = BudgetStatus.held(sql, now);
    this.now = now;
  }

  /**
   * Returns how a stream stands.
   *
   * @throws IllegalStateException if the state rows are damaged
   */
  public StreamStatus of(StreamSettings stream, String schedule) {
    String name = stream.name();
    Optional<Lanes> lanes = states.lanes(name);
    int count = lanes.map(all -> all.all().size()).orElse(1);
    LatestRuns refreshes = runs.latest(name, "refresh", count);
    LatestRuns latest = runs.latest(name, "sync", count).or(refreshes);
    Optional<Instant> pausedAt = paused.since(name);
    Long head = latest.head();
    YoungIds young = lanes.map(Lanes::young).orElse(YoungIds.NONE);
    return new StreamStatus(
        name,
        pausedAt.isPresent() && !latest.isRunning() ? StreamState.PAUSED : latest.state(),
        pausedAt.orElse(null),
        late.due(name).orElse(null),
        lanes.map(all -> all.checkpoint().currentId()).orElse(null),
        head,
        head == null ? null : lanes.map(all -> all.unsettled(head)).orElse(null),
        young.count(),
        young.ranges().isEmpty() ? null : Instant.ofEpochMilli(young.until()),
        runs.latestSuccess(name, "sync", count).ended(),
        lastWritten(name),
        sql.queryForObject(DEAD_LETTERS, Long.class, name),
        Crons.next(schedule, now),
        SilentSchedules.problemAnd(
            latest.error() != null
                ? latest.error()
                : FoundNothing.problem(stream, lanes, latest.last()).orElse(null),
            stream,
            schedule),
        latest.last().orElse(null),
        new RefreshStatus(stream, refreshes, now)
            .of(states.of(name, "refresh"), states.of(name, "sync")),
        new VerifyReports(sql)
            .of(name)
            .map(
                report ->
                    new StreamStatus.Verified(
                        report.ended(),
                        report.isEqual(),
                        report.getDifferenceCount(),
                        report.getSummary()))
            .orElse(null),
        budgets.status(stream, held).orElse(null),
        count == 1 ? null : lanes.map(all -> lanes(all, latest)).orElse(null));
  }

  private Instant lastWritten(String stream) {
    return states.of(stream, "sync").stream()
        .map(StateRows.Row::updatedAt)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static List<LaneStatus> lanes(Lanes lanes, LatestRuns latest) {
    List<LaneStatus> statuses = new ArrayList<>();
    for (int number = 0; number < lanes.all().size(); number++) {
      Lane lane = lanes.all().get(number);
      Optional<StoredRun> run = latest.byLane().get(number);
      statuses.add(
          new LaneStatus(
              number,
              lane.firstId() == 0 ? null : lane.firstId(),
              lane.isOpenEnded() ? null : lane.lastId(),
              lane.checkpoint().currentId(),
              latest.head() == null ? null : lane.unsettled(latest.head()),
              lane.isSettled(),
              latest.state(number),
              run.map(StoredRun::node).orElse(null),
              run.map(StoredRun::error).orElse(null)));
    }
    return statuses;
  }
}
