package io.stepsync.api.preview;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsync.StreamSettings;
import io.stepsync.http.ShownText;
import io.stepsync.jdbc.DeadLetter;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.json.ShortText;
import io.stepsync.steps.TrialRun;
import io.stepsync.window.IdWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/**
 * What the first window of a stream's next run would become, as text that may be shown: without
 * secrets and control characters, each value of at most 200 characters.
 *
 * @param request how the API is asked, without the query; null if the next run asks nothing
 * @param window its IDs, {@code 1..1000}; null if the next run asks nothing
 * @param records how many records the answer has
 * @param rowCount how many rows would be written, of which the first 20 are shown
 * @param refusedCount how many records would be dead letters, of which the first 20 are shown
 * @param columns the names of the columns; without a table, of the records' fields
 * @param rows the values, in the order of the columns; null for no value
 * @param problem what the database says but of single rows; null for nothing
 */
public record StreamPreview(
    String request,
    String window,
    long records,
    long rowCount,
    long refusedCount,
    List<String> columns,
    List<List<String>> rows,
    List<Refused> refused,
    String problem) {

  private static final int MOST = 20;
  private static final int LONGEST = 200;

  /** A record that would be a dead letter. */
  public record Refused(String id, String reason) {}

  /** An API did not answer as it must; the message may be shown. */
  public static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Asks the API for the window that the next run of a stream asks first. It waits its turn in the
   * stream's budget, and is asked again as often as in a run. A transform of the stream is called,
   * a sink is not, and nothing is written.
   *
   * @throws FailedException if the API does not answer as it must
   */
  public static StreamPreview of(CamelContext context, StreamSettings stream)
      throws FailedException {
    try (TrialRun trial = new TrialRun(context, stream)) {
      String asked = "";
      try {
        trial.startAtCheckpoint();
        trial.askHead();
        Optional<IdWindow> window = trial.plan().next();
        if (window.isEmpty()) {
          return new StreamPreview(null, null, 0, 0, 0, List.of(), List.of(), List.of(), null);
        }
        asked = "window " + window.get() + ": ";
        WindowRows rows = trial.ask(window.get());
        String problem = trial.refuse(rows).orElse(null);
        return of(stream, window.get(), rows, problem, trial::masked);
      } catch (Exception e) {
        throw new FailedException(asked + ShownText.harmless(trial.reason(e)), e);
      }
    }
  }

  private static StreamPreview of(
      StreamSettings stream,
      IdWindow window,
      WindowRows rows,
      String problem,
      UnaryOperator<String> mask) {
    RowValues values =
        rows.rowCount() == 0
            ? new RowValues(List.of(), List.of())
            : RowValues.of(stream.table(), rows);
    List<DeadLetter> refused = rows.deadLetters();
    return new StreamPreview(
        stream.request().template().toString(),
        window.toString(),
        rows.records(),
        rows.rowCount(),
        refused.size(),
        values.names(),
        values.rows().stream().limit(MOST).map(row -> texts(values.names(), row, mask)).toList(),
        refused.stream()
            .limit(MOST)
            .map(
                letter ->
                    new Refused(
                        Long.toString(letter.id()),
                        ShownText.harmless(mask.apply(letter.reason()))))
            .toList(),
        problem == null ? null : ShownText.harmless(mask.apply(problem)));
  }

  private static List<String> texts(
      List<String> names, Map<String, Object> row, UnaryOperator<String> mask) {
    return Arrays.asList(
        names.stream().map(name -> text(row.get(name), mask)).toArray(String[]::new));
  }

  private static String text(Object value, UnaryOperator<String> mask) {
    if (value == null || (value instanceof JsonNode json && json.isNull())) {
      return null;
    }
    String text = value.toString();
    String start = ShownText.start(text, mask);
    return ShortText.length(text) > LONGEST ? start + "…" : start;
  }
}
