package io.stepsync.cli.discover;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.StreamSettings;
import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import io.stepsync.http.RecordsPlace;
import io.stepsync.steps.TrialRun;
import io.stepsync.window.IdWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.camel.CamelContext;

/**
 * Asks an API as a stream would. The place of the records is found in the first answer that has
 * one. Not thread-safe.
 */
final class ApiSamples {

  private final CamelContext context;
  private final BiFunction<String, Boolean, StreamSettings> asking;
  private String place;
  private boolean lines;

  /**
   * @param asking makes the settings of a stream whose records are at a place, or a line each
   * @param place a JSON Pointer; null if it is to be found
   * @param lines whether the records are a line each
   */
  ApiSamples(
      CamelContext context,
      BiFunction<String, Boolean, StreamSettings> asking,
      String place,
      boolean lines) {
    this.context = context;
    this.lines = lines;
    this.asking = asking;
    this.place = place;
  }

  /** Returns where the records lie; null before that is known. */
  String place() {
    return place;
  }

  /** Tells whether each record is a line of its own; false before that is known. */
  boolean lines() {
    return lines;
  }

  /** Returns settings that ask for a window. */
  StreamSettings settings() {
    return asking.apply(place == null ? "" : place, lines);
  }

  /**
   * Returns the records of the answer to {@code window}; none where it has no word of JSON.
   *
   * @throws IllegalStateException with the window and the reason, if there is no answer
   */
  List<Map<String, Object>> records(IdWindow window) {
    try (TrialRun trial = new TrialRun(context, settings())) {
      try {
        return records(trial.answer(window), window);
      } catch (Exception e) {
        throw new IllegalStateException("window " + window + ": " + trial.reason(e), e);
      }
    }
  }

  /** Returns the answer of {@code headUrl}, whatever that is. */
  Answer answerWithoutRange() throws Exception {
    try (TrialRun trial = new TrialRun(context, settings())) {
      try {
        return trial.answerOfHead();
      } catch (Exception e) {
        throw new IllegalStateException(trial.reason(e), e);
      }
    }
  }

  /** Returns the records of an answer, whatever was asked. */
  List<Map<String, Object>> records(Answer answer, IdWindow window) {
    List<Map<String, Object>> records = new ArrayList<>();
    if (answer.length() > 0) {
      if (place == null) {
        place = placeIn(answer);
      }
      RecordReader.records(answer, settings().request().format(), window)
          .forEachRemaining(records::add);
    }
    return records;
  }

  private String placeIn(Answer answer) {
    if (settings().request().template().isSingle()) {
      return RecordsPlace.ofOne(answer).toString();
    }
    if (RecordsPlace.isLines(answer)) {
      lines = true;
      return "";
    }
    return RecordsPlace.in(answer)
        .map(JsonPointer::toString)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    RecordsPlace.ofRows(answer)
                        .map(
                            rows ->
                                "%s has an array of arrays, rows without the names of their fields;"
                                        .formatted(rows.matches() ? "the answer" : rows)
                                    + " ask the API for objects, as datasette does with ?_shape=objects")
                        .orElse(
                            "the answer has no array of records, which are objects; is this the"
                                + " API's URL?")));
  }
}
