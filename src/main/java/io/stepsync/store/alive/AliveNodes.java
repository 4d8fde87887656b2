package io.stepsync.store.alive;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The nodes of the cluster that have checked in not too long ago. Thread-safe. */
public final class AliveNodes {

  /**
   * The name of the scheduler that all nodes share, of whatever name their contexts are: with
   * unequal ones each node would fire each trigger.
   */
  public static final String CLUSTER = "stepsync";

  /** What Quartz, too, allows beyond the interval of a node's check-ins. */
  public static final Duration LATE = Duration.ofMillis(7500);

  /** So far may a node's clock, by which it checks in, be from the database's. */
  public static final Duration CLOCKS = Duration.ofSeconds(2);

  private static final String NOW = "SELECT CURRENT_TIMESTAMP(6)";

  private static final String ALIVE =
      "SELECT INSTANCE_NAME FROM QRTZ_SCHEDULER_STATE WHERE SCHED_NAME = ?"
          + " AND LAST_CHECKIN_TIME + CHECKIN_INTERVAL > ? ORDER BY INSTANCE_NAME";

  private final JdbcTemplate sql;
  private final String own;

  /**
   * @param own the name of this node; null for none
   */
  public AliveNodes(JdbcTemplate sql, String own) {
    this.sql = sql;
    this.own = own;
  }

  /** Returns their names, sorted, by the clock of the database. */
  public List<String> names() {
    Instant now = sql.queryForObject(NOW, Timestamp.class).toInstant();
    long latest = now.minus(LATE).minus(CLOCKS).toEpochMilli();
    return sql.queryForList(ALIVE, String.class, CLUSTER, latest);
  }

  /** Returns the names of the others, sorted. */
  public List<String> others() {
    return names().stream().filter(name -> !name.equals(own)).toList();
  }
}
