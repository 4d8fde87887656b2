package io.stepsync.ops;

import io.stepsync.StreamSettings;
import io.stepsync.camel.Failures;
import io.stepsync.jdbc.DeadLetter;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.IdWindow;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the records of a window would become. */
record PreviewedWindow(StreamSettings stream, IdWindow window, WindowRows rows) {

  /** Returns a table of the first rows, at most {@code most}, and all dead letters. */
  String text(int most) {
    StringBuilder text = new StringBuilder();
    int count = rows.rowCount();
    text.append(
        "%s: window %s has %s, %s, %s%n"
            .formatted(
                stream.name(),
                window,
                StreamCheckup.count(rows.records(), "record"),
                StreamCheckup.count(count, "row"),
                StreamCheckup.count(rows.deadLetterCount(), "dead letter")));
    if (count > 0 && most > 0) {
      text.append(values().table(most));
    }
    if (count > most) {
      text.append("and %s more%n".formatted(StreamCheckup.count(count - most, "row")));
    }
    rows.deadLetters().forEach(letter -> text.append(line(letter)));
    return text.toString();
  }

  private static String line(DeadLetter letter) {
    return "dead letter: ID %d, %s%n".formatted(letter.id(), Failures.harmless(letter.reason()));
  }

  /** Returns all rows and dead letters. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("stream", stream.name());
    object.put("firstId", window.firstId());
    object.put("lastId", window.lastId());
    object.put("records", values().rows());
    object.put("deadLetters", rows.deadLetters());
    return Json.text(object);
  }

  private RowValues values() {
    return RowValues.of(stream.table(), rows);
  }
}
