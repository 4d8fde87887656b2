package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Finds where the records lie in an answer of which nothing is known. */
public final class RecordsPlace {

  private static final String USUAL = "data";
  private static final ObjectReader OBJECTS = new ObjectMapper().readerFor(JsonNode.class);

  private RecordsPlace() {}

  /**
   * Returns the place of the records: the answer itself where it is an array, else {@code /data}
   * where that is one, else the largest array of objects that have a whole number each, which may
   * be their ID, those nearest to the root first; then one of other objects; an empty array only
   * where there is no other. Nothing where there is no array at all.
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
    return largest(root)
        .or(() -> first(root, RecordsPlace::isRecords))
        .or(() -> first(root, RecordsPlace::isEmptyArray))
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

  /**
   * Returns the place of the record in an answer that has one: the first object that has a whole
   * number, which may be its ID, those nearest to the root first; the answer itself if none has.
   *
   * @throws AnswerException if it is no JSON
   */
  public static JsonPointer ofOne(Answer answer) {
    return first(tree(answer), RecordsPlace::hasOwnNumber)
        .map(Place::pointer)
        .orElse(JsonPointer.empty());
  }

  private static boolean hasOwnNumber(JsonNode node) {
    for (JsonNode value : node) {
      if (node.isObject() && isWhole(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber()
        || (value.isTextual() && value.textValue().matches("\\d{1,19}"));
  }

  /**
   * Tells whether the answer is records one behind the other, with line breaks between.
   *
   * @throws AnswerException if it is no JSON
   */
  public static boolean isLines(Answer answer) {
    try (JsonParser parser = answer.parser(OBJECTS)) {
      for (int i = 0; i < 2; i++) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return false;
        }
        parser.skipChildren();
      }
      return true;
    } catch (IOException e) {
      return false; // whoever reads it says why
    }
  }

  /** Lists of links and the like, which many answers have too, are shorter or have no number. */
  private static Optional<Place> largest(JsonNode root) {
    return all(root).stream()
        .filter(place -> isRecords(place.node) && hasNumber(place.node.get(0)))
        .max(Comparator.comparingInt(place -> place.node.size())); // the first of several
  }

  private static boolean hasNumber(JsonNode object) {
    for (JsonNode value : object) {
      if (isWhole(value) || (value.isObject() && hasNumber(value))) {
        return true;
      }
    }
    return false;
  }

  private static List<Place> all(JsonNode root) {
    List<Place> all = new ArrayList<>();
    first(
        root,
        (pointer, node) -> {
          all.add(new Place(pointer, node));
          return false;
        });
    return all;
  }

  private static Optional<Place> first(JsonNode root, Predicate<JsonNode> wanted) {
    return first(root, (pointer, node) -> wanted.test(node));
  }

  private static Optional<Place> first(JsonNode root, BiPredicate<JsonPointer, JsonNode> wanted) {
    Deque<Place> places = new ArrayDeque<>();
    places.add(new Place(JsonPointer.empty(), root));
    while (!places.isEmpty()) {
      Place place = places.remove();
      if (wanted.test(place.pointer, place.node)) {
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
