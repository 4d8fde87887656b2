package io.stepsync.camel;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.steps.firing.Crons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * Schedules that never fire again, such as {@code 0 0 2 30 2 ?} or one of a year that is past. They
 * are refused where settings are checked; where streams run, one stands still and the others do
 * not.
 */
public final class SilentSchedules {

  /** When each cron expression fires, which is not worked out again before that. */
  private static final Map<String, Instant> FIRES = new ConcurrentHashMap<>();

  private SilentSchedules() {}

  /**
   * Tells whether a schedule never fires again.
   *
   * @param cron a Quartz cron expression
   */
  static boolean isSilent(String cron) {
    Instant now = Instant.now();
    Instant known = FIRES.get(cron);
    if (known != null && known.isAfter(now)) {
      return false;
    }
    try {
      Optional<Instant> next = Crons.next(cron, now);
      next.ifPresent(moment -> FIRES.put(cron, moment));
      return next.isEmpty();
    } catch (IllegalArgumentException e) {
      return false; // which is another problem
    }
  }

  /**
   * Returns what a stream does not do because of its schedules, and why; nothing if it does all.
   */
  public static Optional<String> problem(StreamSettings stream, String schedule) {
    List<String> problems = new ArrayList<>();
    rule("schedule", schedule).ifPresent(rule -> problems.add("it is not run: " + rule));
    rule("refreshSchedule", stream.refresh().schedule())
        .ifPresent(rule -> problems.add("it is not refreshed: " + rule));
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  /**
   * Returns what a stream does not do because of its schedules, and why its last run failed.
   *
   * @param error why it did; null if it did not
   * @return null for neither
   */
  public static String problemAnd(String error, StreamSettings stream, String schedule) {
    return problem(stream, schedule)
        .map(problem -> error == null ? problem : problem + "; " + error)
        .orElse(error);
  }

  /**
   * Refuses such a schedule of a stream.
   *
   * @throws SettingException naming the stream, the rule and the value
   */
  static void refuse(String stream, String schedule) {
    rule("schedule", schedule)
        .ifPresent(
            rule -> {
              throw new SettingException("stream " + stream + ": " + rule);
            });
  }

  private static Optional<String> rule(String setting, String cron) {
    return cron != null && isSilent(cron)
        ? Optional.of(setting + " must be a cron expression that fires again, was " + cron)
        : Optional.empty();
  }

  /**
   * Refuses such schedules of streams.
   *
   * @throws SettingException naming the stream, the rule and the value
   */
  public static void refuse(CamelContext context, Collection<StreamSettings> streams) {
    Map<String, String> schedules = Trigger.schedules(context);
    for (StreamSettings stream : streams) {
      Optional<String> wrong =
          rule("schedule", schedules.get(stream.name()))
              .or(() -> rule("refreshSchedule", stream.refresh().schedule()));
      if (wrong.isPresent()) {
        throw new SettingException("stream " + stream.name() + ": " + wrong.get());
      }
    }
  }
}
