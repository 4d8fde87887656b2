package io.stepsync.page;

import io.stepsync.http.ShownText;
import io.stepsync.store.history.StoredRun;
import java.util.Objects;

/**
 * A run as the page shows it. Times are milliseconds since 1970, IDs are text: JavaScript's numbers
 * end at 2<sup>53</sup>.
 *
 * @param run its ID
 * @param lane the lane that it ran
 * @param lanes how many the stream had then, as far as the run knew
 * @param kind sync, refresh or retry
 * @param status as in stepsync_run: running, caught_up, paused, failed or broken_off
 * @param ended null while it goes on
 * @param firstId the first ID asked; null for none
 * @param lastId the last ID asked; null for none
 * @param error null unless it failed
 * @param node on which node of a cluster it ran; null where there was none
 */
record RunRow(
    String run,
    String stream,
    int lane,
    int lanes,
    String kind,
    String status,
    long started,
    Long ended,
    long windows,
    long records,
    long upserted,
    long unchanged,
    long deleted,
    long dead,
    String firstId,
    String lastId,
    String head,
    String error,
    String node) {

  /** Returns a run as the page shows it. */
  static RunRow of(StoredRun run) {
    return new RunRow(
        run.run(),
        run.stream(),
        run.lane(),
        run.lanes(),
        run.kind(),
        run.status(),
        run.started().toEpochMilli(),
        run.ended() == null ? null : run.ended().toEpochMilli(),
        run.windows(),
        run.records(),
        run.upserted(),
        run.unchanged(),
        run.deleted(),
        run.deadLetters(),
        Objects.toString(run.firstId(), null),
        Objects.toString(run.lastId(), null),
        Objects.toString(run.head(), null),
        harmless(run.error()),
        harmless(run.node()));
  }

  private static String harmless(String text) {
    return text == null ? null : ShownText.harmless(text);
  }
}
