package io.stepsync.run;

import io.stepsync.json.ShortText;
import io.stepsync.store.RunStatus;
import io.stepsync.store.StateRow;
import io.stepsync.store.alive.RunProcess;
import io.stepsync.window.AnswerLimit;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Lane;
import io.stepsync.window.WindowPlan;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of a run by the names that the statements under {@code stepsync/sql} use. */
final class SqlParameters {

  /** A database's own words can be longer than the column. */
  private static final int LONGEST_ERROR = 4000;

  private final Map<String, Object> values = new HashMap<>();

  SqlParameters identity(RunIdentity run, int lanes) {
    values.put("run", run.id());
    values.put("stream", run.settings().name());
    values.put("lane", run.lane());
    values.put("lanes", lanes);
    values.put("kind", run.kind().text());
    values.put("node", run.node());
    values.put("process", RunProcess.own().text());
    values.put("started", utc(run.started()));
    return this;
  }

  /**
   * @param part what the run is for, if it is not all of its lane: what is noted as missing
   *     elsewhere in the lane is another refresh's
   */
  SqlParameters range(Lane lane, Optional<IdWindow> part) {
    values.put("lane_first", part.map(IdWindow::firstId).orElse(lane.firstId()));
    values.put("lane_last", part.map(IdWindow::lastId).orElse(lane.lastId()));
    return this;
  }

  /**
   * @param sync the plan whose checkpoint is the stream's
   * @param version of the lane's row, as it was read or written last
   */
  SqlParameters state(Scan scan, WindowPlan sync, AnswerLimit limit, long version) {
    values.put("current_id", sync.checkpoint().currentId());
    values.put("state", StateRow.json(sync.checkpoint()));
    values.put("young", sync.young().text());
    values.put("known_from", sync.known().firstId());
    values.put("known_records", sync.known().records());
    values.put("ids_per_record", sync.density().idsPerRecord());
    values.put("loaded", scan.isLoaded() ? 1 : 0);
    StateRow.put(values, limit);
    values.put("version", version);
    return this;
  }

  SqlParameters refresh(Checkpoint next, long missingAfter) {
    values.put("refresh_id", next.currentId());
    values.put("refresh_state", StateRow.json(next));
    values.put("missing_after", Math.max(missingAfter, below(values.get("lane_first"))));
    return this;
  }

  private static long below(Object firstId) {
    return (long) firstId - 1;
  }

  /**
   * @param id the last one whose stored record was read; −1 for none
   * @param reason a pattern of the reasons of those that are gone over
   */
  SqlParameters goneOver(long id, String reason) {
    values.put("gone_over", Math.max(id, below(values.get("lane_first"))));
    values.put("reason_like", reason);
    return this;
  }

  /**
   * @param window null for none
   */
  SqlParameters window(OpenWindow window) {
    if (window != null) {
      values.put("first", window.ids().firstId());
      values.put("last", window.ids().lastId());
      values.put("settled_first", window.written().firstId());
      values.put("settled_last", window.written().lastId());
      values.put("gone_over_only", window.isGoneOver() ? 1 : 0);
    }
    return this;
  }

  SqlParameters outcome(RunStatus status, String error, Counters counters, Long head) {
    values.put("status", status.text());
    values.put("ended", status == RunStatus.RUNNING ? null : utc(Instant.now()));
    values.put("error", error == null ? null : ShortText.start(error, LONGEST_ERROR));
    values.put("windows", counters.windows());
    values.put("records", counters.records());
    values.put("upserted", counters.upserted());
    values.put("unchanged", counters.unchanged());
    values.put("deleted", counters.deleted());
    values.put("dead", counters.deadLetters());
    values.put("bytes", counters.bytes());
    values.put("first_id", counters.firstId());
    values.put("last_id", counters.lastId());
    values.put("head", head);
    return this;
  }

  Map<String, Object> values() {
    return values;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
