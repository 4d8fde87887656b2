package io.stepsync.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.json.JsonPlace;
import io.stepsync.json.ShortText;
import io.stepsync.window.IdWindow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** Finds the ID in a record and holds it against the window that was asked. Thread-safe. */
public final class RecordId {

  private static final int MAX_DIGITS = 40;

  private final JsonPlace place;

  /** Finds the ID at {@code pointer}. */
  public RecordId(JsonPointer pointer) {
    this.place = new JsonPlace(pointer);
  }

  /**
   * Returns the record's ID.
   *
   * @param record the record's fields, as {@link RecordReader} gives them
   * @throws AnswerException if the ID is missing, is not a whole number up to 2<sup>63</sup>−1, or
   *     lies outside {@code window}
   */
  public long in(Map<String, Object> record, IdWindow window) {
    return of(place.in(record), window);
  }

  /** Returns where the ID lies in a record. */
  public JsonPlace place() {
    return place;
  }

  /** As {@link #in}, of the value at {@link #place}. */
  public long of(Object value, IdWindow window) {
    long id = whole(value);
    if (!window.contains(id)) {
      throw new AnswerException("each record's ID must lie inside the window, was " + id);
    }
    return id;
  }

  private long whole(Object value) {
    try {
      if (value instanceof Integer || value instanceof Long) {
        return ((Number) value).longValue();
      }
      if (value instanceof BigInteger number) {
        return number.longValueExact();
      }
      if (value instanceof BigDecimal number) {
        return number.longValueExact();
      }
      if (value instanceof String text && text.length() <= MAX_DIGITS) {
        return Long.parseLong(text.strip());
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw notWhole(value, e);
    }
    throw notWhole(value, null);
  }

  private AnswerException notWhole(Object value, Throwable cause) {
    String text =
        value instanceof String blank && blank.isBlank() ? "a blank text" : String.valueOf(value);
    String shown = ShortText.told(text, MAX_DIGITS);
    return new AnswerException(
        "each record must have a whole number up to 2^63-1 at "
            + place.pointer()
            + ", was "
            + shown,
        cause);
  }
}
