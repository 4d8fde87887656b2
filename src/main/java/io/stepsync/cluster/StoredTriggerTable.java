package io.stepsync.cluster;

import io.stepsync.camel.TriggerTable;
import io.stepsync.run.LaneName;
import io.stepsync.store.alive.AliveNodes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.quartz.impl.jdbcjobstore.Constants;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The triggers of the cluster, by one statement: Quartz needs some for each trigger. Thread-safe.
 */
record StoredTriggerTable(JdbcTemplate sql) implements TriggerTable {

  private static final String READ =
      "SELECT JOB_NAME, TRIGGER_GROUP, TRIGGER_STATE, NEXT_FIRE_TIME FROM QRTZ_TRIGGERS"
          + " WHERE SCHED_NAME = ? AND JOB_GROUP = ?";

  @Override
  public List<Row> read() {
    return sql.query(
        READ,
        (row, number) ->
            new Row(
                LaneName.parse(row.getString(1)),
                !row.getString(2).equals(LaneName.GROUP),
                row.getString(3).equals(Constants.STATE_BLOCKED),
                Optional.of(row.getLong(4)).filter(next -> next > 0).map(Instant::ofEpochMilli)),
        AliveNodes.CLUSTER,
        LaneName.GROUP);
  }
}
