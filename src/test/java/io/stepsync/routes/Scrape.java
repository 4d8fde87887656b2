package io.stepsync.routes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What Prometheus reads.
 *
 * @param families the names behind {@code # TYPE}
 * @param samples by name and labels, as they are written
 */
record Scrape(Set<String> families, Map<String, Double> samples) {

  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\S+) \\S+$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+(?:\\{.*})?) (\\S+)$");

  static Scrape parse(String text) {
    Set<String> families = new TreeSet<>();
    FAMILY.matcher(text).results().forEach(family -> families.add(family.group(1)));
    Map<String, Double> samples = new LinkedHashMap<>();
    for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
      samples.put(sample.group(1), Double.valueOf(sample.group(2)));
    }
    return new Scrape(families, samples);
  }

  /** Returns the value of a meter of the stream {@code user}; null where it has none. */
  Double user(String name) {
    return samples.get("stepsync_" + name + "{stream=\"user\"}");
  }

  /** As {@link #user(String)}, of a meter with statuses. */
  Double user(String name, String status) {
    return samples.get("stepsync_" + name + "{status=\"" + status + "\",stream=\"user\"}");
  }
}
