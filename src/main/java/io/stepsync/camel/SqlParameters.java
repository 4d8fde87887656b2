package io.stepsync.camel;

import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.WindowPlan;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The values of a run by the names that the statements under {@code stepsync/sql} use. */
final class SqlParameters {

  private static final int LONGEST_ERROR = 4000;

  private SqlParameters() {}

  static Map<String, Object> of(Run run) {
    Map<String, Object> values = new HashMap<>();
    values.put("stream", run.getStream());
    values.put("lane", run.getLane());
    values.put("lanes", run.getLaneCount());
    values.put("lane_first", run.scan().lane().firstId());
    values.put("lane_last", run.scan().lane().lastId());
    WindowPlan plan = run.planAfterWindow();
    WindowPlan sync = run.syncPlan(plan);
    Checkpoint refresh = run.refreshNext(plan);
    values.put("current_id", sync.checkpoint().currentId());
    values.put("state", StateRow.json(sync.checkpoint()));
    values.put("refresh_id", refresh.currentId());
    values.put("refresh_state", StateRow.json(refresh));
    values.put("kind", run.kind().text());
    values.put("largest", plan.answerLimit().largest());
    values.put("answer_limit", plan.answerLimit().limit());
    values.put("known_from", sync.known().firstId());
    values.put("known_records", sync.known().records());
    values.put("version", run.version());
    values.put("run", run.getId());
    values.put("node", run.node());
    values.put("started", utc(run.started()));
    values.put("ended", run.getStatus() == Run.Status.RUNNING ? null : utc(Instant.now()));
    values.put("status", run.getStatus().name().toLowerCase(Locale.ROOT));
    values.put("error", run.getError().map(SqlParameters::shortened).orElse(null));
    run.window()
        .ifPresent(
            window -> {
              values.put("first", window.firstId());
              values.put("last", window.lastId());
            });
    Counters counters = run.getCounters();
    values.put("windows", counters.windows());
    values.put("records", counters.records());
    values.put("upserted", counters.upserted());
    values.put("unchanged", counters.unchanged());
    values.put("deleted", counters.deleted());
    values.put("dead", counters.deadLetters());
    values.put("bytes", counters.bytes());
    values.put("first_id", counters.firstId());
    values.put("last_id", counters.lastId());
    values.put("head", run.getHead());
    return values;
  }

  /** A database's own words can be longer than the column. */
  private static String shortened(String message) {
    return message.codePointCount(0, message.length()) <= LONGEST_ERROR
        ? message
        : message.substring(0, message.offsetByCodePoints(0, LONGEST_ERROR));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
