package io.stepsync.cli.discover;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.http.AnswerException;
import io.stepsync.http.RecordId;
import io.stepsync.window.IdWindow;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds the field that is the ID of the records in an answer. */
final class IdField {

  private final List<Map<String, Object>> records;
  private final IdWindow window;

  /**
   * @param records the records of the answer to {@code window}, at least one
   */
  IdField(List<Map<String, Object>> records, IdWindow window) {
    this.records = records;
    this.window = window;
  }

  /**
   * Returns the field of which each record has a whole number of the window, and no two the same:
   * {@code id} where it is one, else the one whose name is most like it, else the first.
   *
   * @throws IllegalStateException if there is none
   */
  String find() {
    return records.get(0).keySet().stream()
        .filter(field -> problem(field) == null)
        .min(Comparator.comparingInt(IdField::rank))
        .orElseThrow(() -> new IllegalStateException(nothingFound()));
  }

  /**
   * Returns {@code field}.
   *
   * @throws IllegalStateException if it cannot be the ID
   */
  String require(String field) {
    String problem = problem(field);
    if (problem != null) {
      throw new IllegalStateException("--id " + field + " cannot be the ID: " + problem);
    }
    return field;
  }

  private String nothingFound() {
    String most =
        records.get(0).keySet().stream().min(Comparator.comparingInt(IdField::rank)).orElse("id");
    return "no field can be the ID, which must be a whole number inside the window, another in each"
        + " record; of "
        + most
        + ": "
        + problem(most)
        + ". Does the API take other names than --start-param and --end-param say?";
  }

  /** Returns why {@code field} cannot be the ID, or null. */
  private String problem(String field) {
    RecordId recordId = new RecordId(JsonPointer.empty().appendProperty(field));
    Set<Long> seen = new HashSet<>();
    try {
      for (Map<String, Object> record : records) {
        long id = recordId.in(record, window);
        if (!seen.add(id)) {
          return "two records have " + id;
        }
      }
      return null;
    } catch (AnswerException e) {
      return e.getMessage();
    }
  }

  private static int rank(String field) {
    if (field.equals("id")) {
      return 0;
    }
    String lower = field.toLowerCase(Locale.ROOT);
    if (lower.matches("_?id")) {
      return 1;
    }
    return field.matches(".*([_-]id|Id|ID)") ? 2 : 3;
  }
}
