package io.stepsync.run;

import org.quartz.JobKey;

/**
 * The name of a lane's trigger and job in Quartz, such as {@code user/3}, which the template
 * step-size-sync gives them.
 *
 * @param stream the stream's name
 * @param lane the lane's number, at least 0
 */
public record LaneName(String stream, int lane) {

  /** The group of all of them. */
  public static final String GROUP = "stepsync";

  public static LaneName of(String stream, int lane) {
    return new LaneName(stream, lane);
  }

  /** Returns the lane of a trigger or job, by its name; the lowest where that has no number. */
  public static LaneName parse(String name) {
    String number = name.substring(name.lastIndexOf('/') + 1);
    return new LaneName(stream(name), number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0);
  }

  /** Returns the stream of a trigger or job, by its name. */
  public static String stream(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** Returns the key of the lane's job. */
  public JobKey key() {
    return JobKey.jobKey(toString(), GROUP);
  }

  @Override
  public String toString() {
    return stream + "/" + lane;
  }
}
