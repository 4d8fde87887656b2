package io.stepsync.cluster;

import io.stepsync.camel.FairJobStore;
import io.stepsync.run.LaneName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;

/**
 * Quartz's store, in which a lane's triggers do not fire while another node runs it: neither where
 * a node that slept ends a firing that was taken over meanwhile, nor where two nodes took two
 * triggers of one lane, and the later of them gives its own back. As in {@link FairJobStore} the
 * trigger that has waited longest fires next: with its property {@code misfireThreshold} none is
 * taken for misfired. Made by Quartz, by the name of this class; thread-safe.
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
      Instant now = Instant.now();
      boolean byHand = !trigger.getKey().getGroup().equals(LaneName.GROUP);
      if (byHand || FairJobStore.isDue(trigger, now)) {
        change("wait from now on", delegate -> delegate.waitFrom(conn, jobDetail.getKey(), now));
      }
    }
  }

  /** Firings that were missed are made up for with this one. */
  @Override
  protected TriggerFiredBundle triggerFired(Connection conn, OperableTrigger trigger)
      throws JobPersistenceException {
    TriggerFiredBundle bundle = super.triggerFired(conn, trigger);
    Date next = bundle == null ? null : FairJobStore.afterMissed(trigger, Instant.now());
    if (next != null) {
      trigger.setNextFireTime(next);
      change("be put off", delegate -> delegate.fireNext(conn, trigger.getKey(), next.toInstant()));
    }
    return bundle;
  }

  /** What is changed in the database. */
  private interface Change {
    void by(OwnLanesDelegate delegate) throws SQLException;
  }

  private void change(String what, Change change) throws JobPersistenceException {
    try {
      change.by((OwnLanesDelegate) getDelegate());
    } catch (SQLException e) {
      throw new JobPersistenceException("a trigger cannot " + what, e);
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
