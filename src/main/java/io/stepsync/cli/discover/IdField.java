package io.stepsync.cli.discover;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.http.AnswerException;
import io.stepsync.http.RecordId;
import io.stepsync.json.JsonPlace;
import io.stepsync.window.IdWindow;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the field that is the ID of the records in an answer. */
final class IdField {

  private static final Comparator<JsonPlace> LIKELIHOOD = Comparator.comparingInt(IdField::rank);

  private final List<Map<String, Object>> records;
  private final IdWindow window;

  /**
   * @param records the records of the answer to {@code window}, at least one
   */
  IdField(List<Map<String, Object>> records, IdWindow window) {
    this.records = records;
    this.window = window;
  }

  /** Returns the place that a user named: a JSON Pointer, or a field's name. */
  static JsonPlace named(String text) {
    return text.startsWith("/")
        ? new JsonPlace(JsonPointer.compile(text))
        : JsonPlace.ofField(text);
  }

  /** Returns the field's own name, without what it lies in. */
  static String name(JsonPlace place) {
    List<String> names = place.names();
    return names.get(names.size() - 1);
  }

  /**
   * Returns the field of which each record has a whole number of the window, and no two the same:
   * {@code id} where it is one, else the one whose name is most like it, else the first; one in an
   * object of the record only where there is no other.
   *
   * @throws IllegalStateException if there is none
   */
  JsonPlace find() {
    return best(fields())
        .or(() -> best(fieldsOfObjects()))
        .orElseThrow(() -> new IllegalStateException(nothingFound()));
  }

  private Optional<JsonPlace> best(Stream<JsonPlace> places) {
    return places.filter(place -> problem(place) == null).min(LIKELIHOOD);
  }

  private Stream<JsonPlace> fields() {
    return records.get(0).keySet().stream().map(JsonPlace::ofField);
  }

  private Stream<JsonPlace> fieldsOfObjects() {
    return fields()
        .flatMap(
            place ->
                place.in(records.get(0)) instanceof Map<?, ?> object
                    ? object.keySet().stream().map(name -> place.field((String) name))
                    : Stream.empty());
  }

  /**
   * Returns {@code place}.
   *
   * @throws IllegalStateException if it cannot be the ID
   */
  JsonPlace require(JsonPlace place) {
    String problem = problem(place);
    if (problem != null) {
      throw new IllegalStateException("--id " + place + " cannot be the ID: " + problem);
    }
    return place;
  }

  private String nothingFound() {
    JsonPlace most = fields().min(LIKELIHOOD).orElse(JsonPlace.ofField("id"));
    return isText(most)
        ? "the IDs must be whole numbers, as stepsync asks for ranges of them; those of "
            + most
            + " are not, and no other field has one: "
            + problem(most)
        : "no field can be the ID, which must be a whole number inside the window, another in each"
            + " record; of "
            + most
            + ": "
            + problem(most)
            + ". Does the API take other names than --start-param and --end-param say?";
  }

  /** Returns a field that is named as the ID and holds texts, such as UUIDs, if there is one. */
  Optional<JsonPlace> text() {
    return fields().filter(place -> rank(place) < 2 && isText(place)).findFirst();
  }

  /** Tells whether no record has a whole number there, as with UUIDs. */
  private boolean isText(JsonPlace place) {
    return records.stream()
        .map(place::in)
        .allMatch(value -> value instanceof String text && !text.matches("\\s*[+-]?\\d+\\s*"));
  }

  /** Returns why {@code place} cannot be the ID, or null. */
  private String problem(JsonPlace place) {
    RecordId recordId = new RecordId(place.pointer());
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

  private static int rank(JsonPlace place) {
    String field = name(place);
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
