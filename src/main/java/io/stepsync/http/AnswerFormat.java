package io.stepsync.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.json.JsonPlace;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the API's answers look like.
 *
 * <p>Immutable.
 *
 * @param shape how the records lie in an answer
 * @param records where they lie in it; the empty pointer for the answer itself
 * @param id where the ID lies in a record
 * @param numbered whether the records have no ID, but are in the order of their IDs without a gap;
 *     the ID is added at {@code id}
 * @param emptyStatus the statuses that mean that there is no record
 * @param errors where an answer of status 200 may tell that the API failed
 * @param emptyWithoutArray whether null or an empty object stands for an array without a record
 * @param maxBytes the longest answer, in bytes, after decompression, at least 1
 */
public record AnswerFormat(
    Shape shape,
    JsonPointer records,
    JsonPointer id,
    boolean numbered,
    Set<Integer> emptyStatus,
    List<ErrorPlace> errors,
    boolean emptyWithoutArray,
    int maxBytes) {

  private static final List<ErrorPlace> USUAL_ERRORS =
      List.of(new ErrorPlace(JsonPointer.valueOf("/errors"), null));

  /** How the records lie in an answer. */
  public enum Shape {
    /** An array of objects. */
    ARRAY,
    /** Objects one behind the other, with line breaks or other blanks between: NDJSON. */
    LINES,
    /** One object, or null for none; an array of at most one will do. */
    ONE
  }

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public AnswerFormat {
    emptyStatus = Set.copyOf(emptyStatus);
    errors = List.copyOf(errors);
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxResponseBytes must be >= 1, was " + maxBytes);
    }
    if (id.matches()) {
      throw new IllegalArgumentException("id must be a JSON Pointer to a field, was ''");
    }
    if (numbered && (shape == Shape.ONE || !id.tail().matches())) {
      throw new IllegalArgumentException(
          "idFromPosition must be false unless id is a field's name and a request asks for a range");
    }
    if (shape == Shape.LINES && !records.matches()) {
      throw new IllegalArgumentException(
          "records must be '' where format is ndjson, was " + records);
    }
  }

  /**
   * Reads the settings as they are written in a stream.
   *
   * @param format json or ndjson
   * @param records null for its default, /data with json
   * @param errors JSON Pointers with commas between, each with {@code =value} or without; unused
   *     where the answer itself is a record, or a record a line
   * @param single whether a request asks for one ID only
   */
  public static AnswerFormat parse(
      String format,
      String records,
      String id,
      boolean numbered,
      String emptyStatus,
      String errors,
      boolean emptyWithoutArray,
      int maxBytes,
      boolean single) {
    if (!"json".equals(format) && !"ndjson".equals(format)) {
      throw new IllegalArgumentException("format must be json or ndjson, was " + format);
    }
    boolean lines = "ndjson".equals(format);
    String place = records != null ? records : lines ? "" : "/data";
    Shape shape = lines ? Shape.LINES : single ? Shape.ONE : Shape.ARRAY;
    JsonPointer pointer = pointer("records", place);
    List<ErrorPlace> errorPlaces = errorPlaces(errors, pointer);
    return new AnswerFormat(
        shape,
        pointer,
        pointer("id", id),
        numbered,
        statuses(emptyStatus),
        shape != Shape.ARRAY && pointer.matches() ? List.of() : errorPlaces,
        emptyWithoutArray,
        maxBytes);
  }

  /**
   * Reads a JSON Pointer; a bare field name is taken as a pointer to it.
   *
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  static JsonPointer pointer(String setting, String text) {
    if (text == null) {
      throw new IllegalArgumentException(setting + " must be set");
    }
    try {
      return JsonPlace.pointerOrName(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + " " + e.getMessage(), e);
    }
  }

  /**
   * Reads the setting {@code errors}. The usual place is left out where the records lie in it.
   *
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  static List<ErrorPlace> errorPlaces(String text, JsonPointer records) {
    List<ErrorPlace> places =
        Arrays.stream((text == null ? "" : text).split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(AnswerFormat::errorPlace)
            .toList();
    if (places.equals(USUAL_ERRORS)) {
      return USUAL_ERRORS.stream().filter(place -> !isIn(records, place.pointer())).toList();
    }
    for (ErrorPlace place : places) {
      if (isIn(records, place.pointer())) {
        throw new IllegalArgumentException(
            "errors must be JSON Pointers to what lies beside the records, was " + place);
      }
    }
    return places;
  }

  private static boolean isIn(JsonPointer records, JsonPointer pointer) {
    return pointer.matches() || (!records.matches() && (pointer + "/").startsWith(records + "/"));
  }

  private static ErrorPlace errorPlace(String part) {
    if (!part.startsWith("/") && part.contains(";")) {
      throw new IllegalArgumentException(
          "errors must be JSON Pointers with commas between, was " + part);
    }
    int equals = part.indexOf('=');
    return equals < 0
        ? new ErrorPlace(pointer("errors", part), null)
        : new ErrorPlace(
            pointer("errors", part.substring(0, equals).strip()),
            part.substring(equals + 1).strip());
  }

  private static Set<Integer> statuses(String text) {
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .map(AnswerFormat::status)
          .collect(Collectors.toSet());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "emptyStatus must be statuses of 200 to 499, such as 204,404, was " + text, e);
    }
  }

  private static Integer status(String text) {
    int status = Integer.parseInt(text);
    if (status < 200 || status > 499) {
      throw new NumberFormatException(text);
    }
    return status;
  }
}
