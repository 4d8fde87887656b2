package io.stepsync.standing;

import static java.util.stream.Collectors.groupingBy;

import io.stepsync.store.StateRows;
import io.stepsync.store.StreamMoments;
import io.stepsync.store.budget.BudgetStatus;
import io.stepsync.store.history.LastRuns;
import io.stepsync.store.history.VerifyReports;
import io.stepsync.store.letters.DeadLetterTable;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads how streams stand, of any number of them with the same few queries. Keep it to read again:
 * {@link LastRuns} then reads what has changed. Thread-safe.
 */
public final class StreamStandings {

  private final StateRows states;
  private final StreamMoments paused;
  private final StreamMoments late;
  private final DeadLetterTable letters;
  private final VerifyReports reports;
  private final LastRuns lastRuns;
  private final JdbcTemplate database;
  private final InstantSource clock;

  /**
   * Reads from a database.
   *
   * @param clock tells when all runs are to be read again, and which budgets are held back
   */
  public StreamStandings(JdbcTemplate database, InstantSource clock) {
    this.states = new StateRows(database);
    this.paused = StreamMoments.paused(database);
    this.late = StreamMoments.late(database);
    this.letters = new DeadLetterTable(database);
    this.reports = new VerifyReports(database);
    this.database = database;
    this.clock = clock;
    this.lastRuns = new LastRuns(database, clock);
  }

  /**
   * Reads of streams by their names.
   *
   * @param running those of them that are known to run
   */
  public StreamStanding.Read read(Collection<String> streams, Set<String> running) {
    return new StreamStanding.Read(
        states.all().stream().collect(groupingBy(StateRows.Row::stream)),
        paused.all(),
        late.all(),
        letters.counts(),
        reports.byStream(),
        lastRuns.read(streams, running),
        BudgetStatus.held(database, clock.instant()));
  }
}
