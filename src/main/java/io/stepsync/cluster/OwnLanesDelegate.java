package io.stepsync.cluster;

import io.stepsync.run.LaneName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.quartz.JobKey;
import org.quartz.JobPersistenceException;
import org.quartz.TriggerKey;
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

  /** More than are due at a time. */
  private static final int MOST_DUE = 1000;

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
    List<TriggerKey> own = new ArrayList<>();
    for (TriggerKey due :
        super.selectTriggerToAcquire(conn, noLaterThan, noEarlierThan, MOST_DUE)) {
      if (own.size() < maxCount && isOwn(conn, due)) {
        own.add(due);
      }
    }
    return own;
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
