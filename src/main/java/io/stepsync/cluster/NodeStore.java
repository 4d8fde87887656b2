package io.stepsync.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.OperableTrigger;

/**
 * Quartz's store, in which a lane's triggers do not fire while another node runs it: neither where
 * a node that slept ends a firing that was taken over meanwhile, nor where two nodes took two
 * triggers of one lane, and the later of them gives its own back. Made by Quartz, by the name of
 * this class; thread-safe.
 */
@SuppressWarnings("unchecked") // JobStoreTX overrides a generic method with a raw one
public final class NodeStore extends JobStoreTX {

  /** Of whatever name the contexts are: with unequal ones each node would fire each trigger. */
  static final String CLUSTER = "stepsync";

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

  /** Quartz sets the trigger free, whoever may run its job. */
  @Override
  protected void releaseAcquiredTrigger(Connection conn, OperableTrigger trigger)
      throws JobPersistenceException {
    super.releaseAcquiredTrigger(conn, trigger);
    String state = checkBlockedState(conn, trigger.getJobKey(), STATE_WAITING);
    try {
      getDelegate().updateTriggerStateFromOtherState(conn, trigger.getKey(), state, STATE_WAITING);
    } catch (SQLException e) {
      throw new JobPersistenceException("trigger " + trigger.getKey() + " is not blocked", e);
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
