package io.stepsync.http;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;
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
 * @param maxBytes the longest answer, in bytes, after decompression, at least 1
 */
public record AnswerFormat(
    Shape shape,
    JsonPointer records,
    JsonPointer id,
    boolean numbered,
    Set<Integer> emptyStatus,
    int maxBytes) {

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
   * @param single whether a request asks for one ID only
   */
  public static AnswerFormat parse(
      String format,
      String records,
      String id,
      boolean numbered,
      String emptyStatus,
      int maxBytes,
      boolean single) {
    if (!"json".equals(format) && !"ndjson".equals(format)) {
      throw new IllegalArgumentException("format must be json or ndjson, was " + format);
    }
    boolean lines = "ndjson".equals(format);
    String place = records != null ? records : lines ? "" : "/data";
    return new AnswerFormat(
        lines ? Shape.LINES : single ? Shape.ONE : Shape.ARRAY,
        pointer("records", place),
        pointer("id", id),
        numbered,
        statuses(emptyStatus),
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
    return JsonPointer.compile(text.isEmpty() || text.startsWith("/") ? text : "/" + text);
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
