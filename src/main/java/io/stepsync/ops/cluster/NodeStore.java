package io.stepsync.ops.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.OperableTrigger;

/**
 * Quartz's store, in which a node that slept does not end the firings that others have taken over
 * meanwhile: that would let their streams' triggers fire while they run. Made by Quartz, by the
 * name of this class; thread-safe.
 */
@SuppressWarnings("unchecked") // JobStoreTX overrides a generic method with a raw one
public final class NodeStore extends JobStoreTX {

  @Override
  protected void triggeredJobComplete(
      Connection conn,
      OperableTrigger trigger,
      JobDetail jobDetail,
      CompletedExecutionInstruction triggerInstCode)
      throws JobPersistenceException {
    if (isStillOurs(conn, trigger.getFireInstanceId())) {
      super.triggeredJobComplete(conn, trigger, jobDetail, triggerInstCode);
    }
  }

  private boolean isStillOurs(Connection conn, String firing) throws JobPersistenceException {
    try {
      return getDelegate().selectInstancesFiredTriggerRecords(conn, getInstanceId()).stream()
          .anyMatch(fired -> fired.getFireInstanceId().equals(firing));
    } catch (SQLException e) {
      throw new JobPersistenceException("the firings of this node cannot be read", e);
    }
  }
}
