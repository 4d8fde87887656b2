package io.stepsync.cluster;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The nodes that have checked in not too long ago. Thread-safe. */
final class AliveNodes {

  /** What Quartz, too, allows beyond the interval of a node's check-ins. */
  static final Duration LATE = Duration.ofMillis(7500);

  private static final String ALIVE =
      "SELECT INSTANCE_NAME FROM QRTZ_SCHEDULER_STATE WHERE SCHED_NAME = ? AND INSTANCE_NAME <> ?"
          + " AND LAST_CHECKIN_TIME + CHECKIN_INTERVAL > ? ORDER BY INSTANCE_NAME";

  private final JdbcTemplate sql;
  private final DatabaseClock clock;
  private final String own;

  /**
   * @param own the name of this node
   */
  AliveNodes(JdbcTemplate sql, DatabaseClock clock, String own) {
    this.sql = sql;
    this.clock = clock;
    this.own = own;
  }

  /** Returns the names of the other nodes, sorted. One may check in by a clock that is behind. */
  List<String> others() {
    long latest = clock.now().minus(LATE).minus(DatabaseClock.LIMIT).toEpochMilli();
    return sql.queryForList(ALIVE, String.class, NodeStore.CLUSTER, own, latest);
  }
}
