package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.json.JsonPlace;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a stream's table.
 *
 * <p>Immutable.
 *
 * @param name the column's name; not empty
 * @param type what it holds
 * @param required whether a record without it is refused
 * @param place where its value lies in a record: the field of its name, unless another is set
 * @param nulls the texts that mean that there is no value
 * @param since1970 for a moment that is a number, what the number counts: seconds or milliseconds
 *     since 1970; null for all others
 * @param rounded whether a value that the table's column cannot hold exactly is rounded to it
 * @param widened whether the table's column is made as wide as the type where it would be taken, or
 *     refused, as it is: a text that has a length, and a DECIMAL for a DOUBLE
 */
public record Column(
    String name,
    ColumnType type,
    boolean required,
    JsonPlace place,
    Set<String> nulls,
    ChronoUnit since1970,
    boolean rounded,
    boolean widened) {

  private static final Pattern LESS = Pattern.compile("\\s+(rounded|widened)$");
  private static final Pattern NULLS = Pattern.compile("\\bnulls\\((.*?)\\)\\s*$");
  private static final Pattern PLACE = Pattern.compile("\\s*=\\s*(/.*)$");
  private static final Pattern NUMBER = Pattern.compile("UTC_DATETIME\\(\\s*(\\w*)\\s*\\)");

  public Column {
    nulls = Set.copyOf(nulls);
  }

  /** A column that takes the field of its name as it is. */
  public Column(String name, ColumnType type, boolean required) {
    this(name, type, required, JsonPlace.ofField(name), Set.of(), null, false, false);
  }

  /** Reads a column that has no null texts but its own. */
  static Column parse(String name, String text, boolean key) {
    return parse(name, text, key, Set.of());
  }

  /**
   * Reads a column from a stream's settings.
   *
   * @param text the type, with {@code !} behind it where the column is required, and {@code
   *     rounded} or {@code widened} where the table's column holds less, then its null texts and
   *     where its value lies, if that is not the field of its name: {@code STRING! nulls( N/A) =
   *     /address/city}
   * @param nulls the stream's null texts, which a column that can hold none of them has too, unless
   *     it names its own
   * @throws IllegalArgumentException naming the column, the rule and the value
   */
  static Column parse(String name, String text, boolean key, Set<String> nulls) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("columns must have names, was '" + name + "'");
    }
    if (name.matches(".*\\w!")) {
      throw new IllegalArgumentException(
          "columns must have ! after the type where a column is required, was " + name);
    }
    if (text == null) {
      throw new IllegalArgumentException("columns." + name + " must have a type");
    }
    try {
      return read(name, text.strip(), key, nulls);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("columns." + name + ": " + e.getMessage(), e);
    }
  }

  /** A key that is rounded would make one of two records. */
  private static void requireRounding(ColumnType type, boolean rounded, boolean key) {
    if (rounded && (key || !type.canBeRounded())) {
      throw new IllegalArgumentException(
          "rounded must be a column of times, DECIMAL, FLOAT or DOUBLE that is neither in"
              + " primaryKey nor versionColumn, was "
              + type);
    }
  }

  /** A key's text has a length that the database bounds. */
  private static void requireWidening(ColumnType type, boolean widened, boolean key) {
    if (widened && (key || !type.canBeWidened())) {
      throw new IllegalArgumentException(
          "widened must be a column of STRING, JSON, XML, FLOAT or DOUBLE that is not in"
              + " primaryKey, was "
              + type);
    }
  }

  private static Column read(String name, String text, boolean key, Set<String> streamNulls) {
    Matcher place = PLACE.matcher(text);
    JsonPlace from =
        place.find() ? new JsonPlace(pointer(place.group(1).strip())) : JsonPlace.ofField(name);
    String rest = place.replaceFirst("");
    Matcher own = NULLS.matcher(rest);
    Set<String> nulls = own.find() ? ColumnsText.texts(own.group(1)) : null;
    rest = own.replaceFirst("").strip();
    Matcher less = LESS.matcher(rest);
    String sign = less.find() ? less.group(1) : "";
    rest = less.replaceFirst("");
    boolean required = rest.endsWith("!");
    String type = required ? rest.substring(0, rest.length() - 1).strip() : rest;
    Matcher number = NUMBER.matcher(type);
    ChronoUnit unit = number.matches() ? unit(number.group(1)) : null;
    ColumnType holds = ColumnType.parse(unit == null ? type : "UTC_DATETIME");
    if (nulls == null) {
      nulls = holds.isText() ? Set.of() : streamNulls;
    }
    boolean rounded = sign.equals("rounded");
    boolean widened = sign.equals("widened");
    requireRounding(holds, rounded, key);
    requireWidening(holds, widened, key);
    return new Column(name, holds, required || key, from, nulls, unit, rounded, widened);
  }

  private static JsonPointer pointer(String text) {
    try {
      return JsonPlace.pointer(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its place " + e.getMessage(), e);
    }
  }

  private static ChronoUnit unit(String text) {
    return switch (text) {
      case "seconds" -> ChronoUnit.SECONDS;
      case "millis" -> ChronoUnit.MILLIS;
      default ->
          throw new IllegalArgumentException(
              "UTC_DATETIME must be (seconds) or (millis) since 1970, or without, was (%s)"
                  .formatted(text));
    };
  }

  /** Tells whether a text means that there is no value; most columns have no such text. */
  boolean isNull(String value) {
    return !nulls.isEmpty() && nulls.contains(value);
  }

  /** Returns what is written behind the column's name in a stream's settings. */
  public String text() {
    StringBuilder text = new StringBuilder(shownType()).append(required ? "!" : "");
    text.append(rounded ? " rounded" : "").append(widened ? " widened" : "");
    if (!nulls.isEmpty()) {
      text.append(nulls.stream().sorted().collect(joining("\", \"", " nulls(\"", "\")")));
    }
    return place.equals(JsonPlace.ofField(name))
        ? text.toString()
        : text.append(" = ").append(place.pointer()).toString();
  }

  /** Returns the type as it is written in a stream's settings. */
  String shownType() {
    return since1970 == null
        ? type.toString()
        : type + (since1970 == ChronoUnit.SECONDS ? "(seconds)" : "(millis)");
  }
}
