package io.stepsync.store.history;

import io.stepsync.store.alive.AliveNodes;
import io.stepsync.store.alive.RunProcess;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds out which of the runs that have no end in the table are under way. One is broken off whose
 * process on this machine is gone, or whose node has not checked in; of another machine's, without
 * a cluster, that cannot be known. Thread-safe.
 */
final class BrokenOffRuns {

  private final JdbcTemplate sql;

  BrokenOffRuns(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns runs in the states that they have by now, in the same order. */
  List<StoredRun> told(List<StoredRun> runs) {
    Optional<Set<String>> nodes =
        runs.stream().anyMatch(run -> isElsewhere(run) && run.node() != null)
            ? aliveNodes()
            : Optional.empty();
    return runs.stream().map(run -> run.isRunning() ? run.in(state(run, nodes)) : run).toList();
  }

  private static boolean isElsewhere(StoredRun run) {
    return run.isRunning() && RunProcess.lifeOf(run.process()) == RunProcess.Life.UNKNOWN;
  }

  private Optional<Set<String>> aliveNodes() {
    try {
      return Optional.of(Set.copyOf(new AliveNodes(sql, null).names()));
    } catch (DataAccessException e) {
      return Optional.empty(); // the tables of a cluster that is no more may be gone
    }
  }

  private static StreamState state(StoredRun run, Optional<Set<String>> nodes) {
    return switch (RunProcess.lifeOf(run.process())) {
      case HERE, ALIVE -> StreamState.RUNNING;
      case GONE -> StreamState.BROKEN_OFF;
      case UNKNOWN ->
          nodes.isEmpty() || run.node() == null
              ? StreamState.RUNNING_OR_BROKEN_OFF
              : nodes.get().contains(run.node()) ? StreamState.RUNNING : StreamState.BROKEN_OFF;
    };
  }
}
