package io.stepsync.cluster;

import io.stepsync.run.LaneName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.quartz.JobKey;
import org.quartz.JobPersistenceException;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.Constants;
import org.quartz.impl.jdbcjobstore.NoSuchDelegateException;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.OperableTrigger;
import org.slf4j.Logger;

/**
 * The statements of Quartz's store, with which a node takes the triggers of those lanes only that
 * its files have: on a node without the lane Camel would take the firing, and run nothing. Made by
 * Quartz, by the name of this class; thread-safe.
 *
 * <p>It reads binary columns as bytes, as both PostgreSQL and MariaDB give them.
 */
public final class OwnLanesDelegate extends PostgreSQLDelegate {

  private static final String SEPARATOR = "\n";

  private static final int FIRST_LOOK = 16;

  private static final String FIRE_NEXT =
      "UPDATE {0}TRIGGERS SET NEXT_FIRE_TIME = ?"
          + " WHERE SCHED_NAME = {1} AND TRIGGER_NAME = ? AND TRIGGER_GROUP = ?";

  private static final String WAIT_FROM =
      "UPDATE {0}TRIGGERS SET NEXT_FIRE_TIME = ?"
          + " WHERE SCHED_NAME = {1} AND JOB_NAME = ? AND JOB_GROUP = ?"
          + " AND NEXT_FIRE_TIME > 0 AND NEXT_FIRE_TIME < ? AND TRIGGER_STATE IN (?, ?)";

  private Set<String> names = Set.of();

  /** Returns what Quartz is to hand to the object that it makes, for triggers of these names. */
  static String initString(Set<String> names) {
    return String.join(SEPARATOR, names);
  }

  @Override
  public void initialize(
      Logger logger,
      String tablePrefix,
      String schedName,
      String instanceId,
      ClassLoadHelper classLoadHelper,
      boolean useProperties,
      String initString)
      throws NoSuchDelegateException {
    super.initialize(
        logger, tablePrefix, schedName, instanceId, classLoadHelper, useProperties, null);
    names = Set.of(initString.split(SEPARATOR, -1));
  }

  @Override
  public List<TriggerKey> selectTriggerToAcquire(
      Connection conn, long noLaterThan, long noEarlierThan, int maxCount) throws SQLException {
    for (int most = FIRST_LOOK; ; most *= FIRST_LOOK) {
      List<TriggerKey> due = super.selectTriggerToAcquire(conn, noLaterThan, noEarlierThan, most);
      List<TriggerKey> own = new ArrayList<>();
      for (TriggerKey each : due) {
        if (own.size() < maxCount && isOwn(conn, each)) {
          own.add(each);
        }
      }
      boolean all = due.size() < most || most > Integer.MAX_VALUE / FIRST_LOOK;
      if (all || own.size() == maxCount) {
        return own;
      }
    }
  }

  /** Has a trigger fire next at this time. */
  void fireNext(Connection conn, TriggerKey trigger, Instant next) throws SQLException {
    update(conn, FIRE_NEXT, next.toEpochMilli(), trigger.getName(), trigger.getGroup());
  }

  /** Has those triggers of a job that should have fired before wait from {@code now} on. */
  void waitFrom(Connection conn, JobKey job, Instant now) throws SQLException {
    long millis = now.toEpochMilli();
    update(
        conn,
        WAIT_FROM,
        millis,
        job.getName(),
        job.getGroup(),
        millis,
        Constants.STATE_WAITING,
        Constants.STATE_BLOCKED);
  }

  private void update(Connection conn, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = conn.prepareStatement(rtp(sql))) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  /** Those that are made for one firing, by hand or by a recovery, have names of their own. */
  private boolean isOwn(Connection conn, TriggerKey trigger) throws SQLException {
    if (trigger.getGroup().equals(LaneName.GROUP)) {
      return names.contains(trigger.getName());
    }
    JobKey job = job(conn, trigger);
    return job != null && (!job.getGroup().equals(LaneName.GROUP) || names.contains(job.getName()));
  }

  private JobKey job(Connection conn, TriggerKey key) throws SQLException {
    try {
      OperableTrigger trigger = selectTrigger(conn, key);
      return trigger == null ? null : trigger.getJobKey();
    } catch (ClassNotFoundException | IOException | JobPersistenceException e) {
      throw new SQLException("trigger " + key + " cannot be read", e);
    }
  }
}
