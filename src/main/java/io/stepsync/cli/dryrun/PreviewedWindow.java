package io.stepsync.cli.dryrun;

import io.stepsync.StreamSettings;
import io.stepsync.api.preview.RowValues;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.http.ShownText;
import io.stepsync.jdbc.DeadLetter;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.window.IdWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the records of a window would become.
 *
 * @param mask takes secrets out of reasons
 */
record PreviewedWindow(
    StreamSettings stream, IdWindow window, WindowRows rows, UnaryOperator<String> mask) {

  /** Returns a table of the first rows, at most {@code most}, and all dead letters. */
  String text(int most) {
    StringBuilder text = new StringBuilder();
    int count = rows.rowCount();
    text.append(
        "%s: window %s has %s, %s, %s%n"
            .formatted(
                stream.name(),
                window,
                CheckItem.count(rows.records(), "record"),
                CheckItem.count(count, "row"),
                CheckItem.count(rows.deadLetterCount(), "dead letter")));
    if (count > 0 && most > 0) {
      text.append(table(values(), most));
    }
    if (count > most) {
      text.append("and %s more%n".formatted(CheckItem.count(count - most, "row")));
    }
    deadLetters().forEach(letter -> text.append(line(letter)));
    return text.toString();
  }

  private static TerminalTable table(RowValues values, int most) {
    TerminalTable table = new TerminalTable(values.names());
    values.rows().stream()
        .limit(most)
        .forEach(row -> table.row(values.names().stream().map(row::get).toList()));
    return table;
  }

  private List<DeadLetter> deadLetters() {
    return rows.deadLetters().stream()
        .map(
            letter ->
                new DeadLetter(
                    letter.id(), letter.kind(), mask.apply(letter.reason()), letter.payload()))
        .toList();
  }

  private static String line(DeadLetter letter) {
    return "dead letter: ID %d, %s%n".formatted(letter.id(), ShownText.harmless(letter.reason()));
  }

  /** Returns all rows and dead letters. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("stream", stream.name());
    object.put("firstId", window.firstId());
    object.put("lastId", window.lastId());
    object.put("records", values().rows());
    object.put("deadLetters", deadLetters());
    return Json.text(object);
  }

  private RowValues values() {
    return RowValues.of(stream.table(), rows);
  }
}
