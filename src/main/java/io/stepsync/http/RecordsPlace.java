package io.stepsync.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds where the records lie in an answer of which nothing is known. */
public final class RecordsPlace {

  private static final String USUAL = "data";

  private RecordsPlace() {}

  /**
   * Returns the place of the records: the answer itself where it is an array, else {@code /data}
   * where that is one, else the first array of objects, those nearest to the root first; an empty
   * array only where there is no other. Nothing where there is no array at all.
   *
   * @throws AnswerException if the answer is no JSON
   */
  public static Optional<JsonPointer> in(Answer answer) {
    JsonNode root = tree(answer);
    if (isEmptyArray(root) || isRecords(root)) {
      return Optional.of(JsonPointer.empty());
    }
    JsonNode usual = root.path(USUAL);
    if (isRecords(usual) || isEmptyArray(usual)) {
      return Optional.of(JsonPointer.empty().appendProperty(USUAL));
    }
    Optional<Place> found = first(root, RecordsPlace::isRecords);
    return (found.isPresent() ? found : first(root, RecordsPlace::isEmptyArray))
        .map(Place::pointer);
  }

  /**
   * Returns the first array of arrays, those nearest to the root first: rows without the names of
   * their fields, which are no records.
   */
  public static Optional<JsonPointer> ofRows(Answer answer) {
    return first(tree(answer), node -> node.isArray() && !node.isEmpty() && node.path(0).isArray())
        .map(Place::pointer);
  }

  private static Optional<Place> first(JsonNode root, Predicate<JsonNode> wanted) {
    Deque<Place> places = new ArrayDeque<>();
    places.add(new Place(JsonPointer.empty(), root));
    while (!places.isEmpty()) {
      Place place = places.remove();
      if (wanted.test(place.node)) {
        return Optional.of(place);
      }
      addFields(places, place);
    }
    return Optional.empty();
  }

  private static void addFields(Deque<Place> places, Place place) {
    if (place.node.isObject()) {
      place
          .node
          .properties()
          .forEach(
              field ->
                  places.add(
                      new Place(place.pointer.appendProperty(field.getKey()), field.getValue())));
    }
  }

  private static boolean isEmptyArray(JsonNode node) {
    return node.isArray() && node.isEmpty();
  }

  private static boolean isRecords(JsonNode node) {
    if (!node.isArray() || node.isEmpty()) {
      return false;
    }
    for (JsonNode element : node) {
      if (!element.isObject()) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode tree(Answer answer) {
    try {
      return answer.tree();
    } catch (IOException e) {
      throw new AnswerException("the answer is no valid JSON", e);
    }
  }

  private record Place(JsonPointer pointer, JsonNode node) {}
}
