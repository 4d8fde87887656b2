package io.stepsync.json;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a value lies in a record: a JSON Pointer, RFC 6901.
 *
 * <p>Immutable.
 */
public record JsonPlace(JsonPointer pointer) {

  /** An escape that RFC 6901 does not have; Jackson takes it as it is. */
  private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");

  /** How JSONPath and references of JSON Schema begin. */
  private static final Pattern OTHER = Pattern.compile("\\$[.\\[].*|#/.*", Pattern.DOTALL);

  /**
   * Reads a JSON Pointer.
   *
   * @param text empty, or with a slash at its start
   * @throws IllegalArgumentException naming the rule and the value
   */
  public static JsonPointer pointer(String text) {
    if (BAD_ESCAPE.matcher(text).find()) {
      throw new IllegalArgumentException(
          "must be a JSON Pointer, with ~0 for ~ and ~1 for / in a name, was " + text);
    }
    return JsonPointer.compile(text);
  }

  /**
   * Reads a JSON Pointer, or the name of a field, which has no slash at its start.
   *
   * @throws IllegalArgumentException naming the rule and the value
   */
  public static JsonPointer pointerOrName(String text) {
    if (OTHER.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a JSON Pointer such as /data, was " + text);
    }
    if (!text.equals(text.strip())) {
      throw new IllegalArgumentException(
          "must be a JSON Pointer without blanks at its ends, was \"" + text + '"');
    }
    return pointer(text.isEmpty() || text.startsWith("/") ? text : "/" + text);
  }

  /** Returns the place of a field, whatever is in its name. */
  public static JsonPlace ofField(String name) {
    return new JsonPlace(JsonPointer.empty().appendProperty(name));
  }

  /** Returns the value that {@code json} has here; null where it has none. */
  public Object in(Object json) {
    Object value = json;
    for (JsonPointer at = pointer; !at.matches() && value != null; at = at.tail()) {
      value = child(value, at);
    }
    return value;
  }

  private static Object child(Object value, JsonPointer at) {
    if (value instanceof Map<?, ?> map) {
      return map.get(at.getMatchingProperty());
    }
    int index = at.getMatchingIndex();
    return value instanceof List<?> list && index >= 0 && index < list.size()
        ? list.get(index)
        : null;
  }

  /** Returns the place of a field in the object here. */
  public JsonPlace field(String name) {
    return new JsonPlace(pointer.appendProperty(name));
  }

  /** Returns the names on the way to here. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
      names.add(at.getMatchingProperty());
    }
    return names;
  }

  /** The field's name where that is all, or else the pointer. */
  @Override
  public String toString() {
    boolean plain = pointer.tail() != null && pointer.tail().matches();
    String name = plain ? pointer.getMatchingProperty() : "";
    return name.matches("[^/~]+") ? name : pointer.toString();
  }
}
