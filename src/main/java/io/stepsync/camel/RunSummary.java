package io.stepsync.camel;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a run ended, as {@code direct:stepsync-notify} is told. */
final class RunSummary {

  private RunSummary() {}

  static Map<String, Object> of(Run run) {
    Map<String, Object> summary = new LinkedHashMap<>();
    Counters counters = run.getCounters();
    summary.put("stream", run.getStream());
    summary.put("run", run.getId());
    if (run.getLaneCount() > 1 || run.getLane() > 0) {
      summary.put("lane", run.getLane());
    }
    summary.put("kind", run.kind().text());
    summary.put("status", run.getStatus().name().toLowerCase(Locale.ROOT));
    summary.put("started", run.started().toString());
    summary.put("checkpoint", run.getCheckpoint().currentId());
    summary.put("windows", counters.windows());
    summary.put("records", counters.records());
    summary.put("upserted", counters.upserted());
    summary.put("unchanged", counters.unchanged());
    summary.put("deleted", counters.deleted());
    summary.put("deadLetters", counters.deadLetters());
    run.getError().ifPresent(error -> summary.put("error", error));
    return summary;
  }
}
