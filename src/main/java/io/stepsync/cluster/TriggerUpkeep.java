package io.stepsync.cluster;

import io.stepsync.http.ShownText;
import io.stepsync.run.LaneName;
import io.stepsync.store.alive.AliveNodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store to what the nodes' files have: deletes, while no other node is alive, the
 * triggers that this one has no file for, and puts back what another has deleted of this one's,
 * which it took for dead.
 *
 * <p>Used by one thread at a time.
 */
final class TriggerUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(TriggerUpkeep.class);

  private final Scheduler scheduler;
  private final AliveNodes nodes;
  private final Map<JobKey, JobDetail> jobs = new HashMap<>();
  private final Map<JobKey, Trigger> triggers = new HashMap<>();
  private Set<JobKey> foreign = Set.of();

  /**
   * @param scheduler has the triggers of the node by now
   * @param own the names of the triggers that the node's files make
   */
  TriggerUpkeep(Scheduler scheduler, Set<String> own, AliveNodes nodes) throws SchedulerException {
    this.scheduler = scheduler;
    this.nodes = nodes;
    for (String name : own) {
      JobKey key = JobKey.jobKey(name, LaneName.GROUP);
      jobs.put(key, scheduler.getJobDetail(key));
      triggers.put(key, scheduler.getTrigger(TriggerKey.triggerKey(name, LaneName.GROUP)));
    }
  }

  void look() throws SchedulerException {
    Set<JobKey> stored = scheduler.getJobKeys(GroupMatcher.jobGroupEquals(LaneName.GROUP));
    for (JobKey key : difference(jobs.keySet(), stored)) {
      putBack(key);
    }
    Set<JobKey> before = foreign;
    foreign = nodes.others().isEmpty() ? difference(stored, jobs.keySet()) : Set.of();
    // A node that has just started has its triggers in the store before it is seen.
    delete(difference(foreign, difference(foreign, before)));
  }

  private static Set<JobKey> difference(Set<JobKey> all, Set<JobKey> others) {
    Set<JobKey> difference = new HashSet<>(all);
    difference.removeAll(others);
    return difference;
  }

  private void putBack(JobKey key) throws SchedulerException {
    if (triggers.get(key) == null) {
      return; // it was gone before this node could see it
    }
    Trigger again = triggers.get(key).getTriggerBuilder().startNow().build();
    scheduler.scheduleJob(jobs.get(key), Set.of(again), true);
    LOG.warn("{}: its trigger was deleted while this node stood still, and is back", name(key));
  }

  private void delete(Set<JobKey> keys) throws SchedulerException {
    Set<String> names = new TreeSet<>();
    for (JobKey key : keys) {
      scheduler.deleteJob(key);
      names.add(name(key));
    }
    if (!names.isEmpty()) {
      LOG.info(
          "triggers that no node has a file for any more, deleted: {}", String.join(", ", names));
    }
  }

  private static String name(JobKey key) {
    return ShownText.harmless(key.getName());
  }
}
