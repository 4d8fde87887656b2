package io.stepsync.run;

import io.stepsync.jdbc.WindowRows;
import io.stepsync.window.IdWindow;
import java.util.Map;

/**
 * What a run has done.
 *
 * <p>Immutable.
 *
 * @param windows the windows asked
 * @param records the records of all answers, refused ones and duplicates included
 * @param upserted the rows that were inserted or changed
 * @param unchanged the rows that were the same already
 * @param deleted the rows that a refresh deleted or marked so
 * @param deadLetters the records that were refused
 * @param bytes the bytes of all answers
 * @param firstId the first ID asked; −1 before the first window
 * @param lastId the last ID asked; −1 before the first window
 */
public record Counters(
    long windows,
    long records,
    long upserted,
    long unchanged,
    long deleted,
    long deadLetters,
    long bytes,
    long firstId,
    long lastId) {

  static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, -1, -1);

  void putInto(Map<String, Object> summary) {
    summary.put("windows", windows);
    summary.put("records", records);
    summary.put("upserted", upserted);
    summary.put("unchanged", unchanged);
    summary.put("deleted", deleted);
    summary.put("deadLetters", deadLetters);
  }

  /** An answer that is not to be written counts as a window and by its bytes only. */
  Counters plus(
      IdWindow window,
      WindowRows rows,
      boolean written,
      int changed,
      int same,
      long rowsDeleted,
      long answerBytes) {
    return new Counters(
        windows + 1,
        records + (written ? rows.records() : 0),
        upserted + (written ? changed : 0),
        unchanged + (written ? same : 0),
        deleted + (written ? rowsDeleted : 0),
        deadLetters + (written ? rows.deadLetterCount() : 0),
        bytes + answerBytes,
        windows == 0 ? window.firstId() : firstId,
        window.lastId());
  }
}
