package io.stepsync.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column, as it is written in a stream's settings: {@code STRING}, {@code
 * DECIMAL(10,2)}.
 *
 * <p>Immutable.
 *
 * @param kind the type's name
 * @param precision the digits of a DECIMAL, 1 to 38; 0 for all others
 * @param scale the digits behind a DECIMAL's point, 0 to {@code precision}; 0 for all others
 */
public record ColumnType(Kind kind, int precision, int scale) {

  /** The names of the types, those of Fivetran's Connector SDK. */
  public enum Kind {
    /** true or false. */
    BOOLEAN,
    /** A whole number of 16 bits. */
    SHORT,
    /** A whole number of 32 bits. */
    INT,
    /** A whole number of 64 bits. */
    LONG,
    /** An exact number; one that would have to be rounded is refused. */
    DECIMAL,
    /** A binary floating point number of 32 bits. */
    FLOAT,
    /** A binary floating point number of 64 bits. */
    DOUBLE,
    /** A date, {@code 2026-11-15}. */
    NAIVE_DATE,
    /** A time of day, {@code 00:58:20}. */
    NAIVE_TIME,
    /** A date and time without a zone, {@code 2026-11-15T00:58:20}. */
    NAIVE_DATETIME,
    /**
     * A moment, {@code 2026-11-15T00:58:20Z} or with another offset, or as RFC 1123 writes it; kept
     * in UTC.
     */
    UTC_DATETIME,
    /** Bytes, in base64. */
    BINARY,
    /** Any JSON value, kept as its text. */
    JSON,
    /** An XML document, kept as its text. */
    XML,
    /** Text; a number or a boolean is taken as its text. */
    STRING
  }

  /** The most digits of a DECIMAL. */
  static final int MAX_PRECISION = 38;

  private static final Pattern DECIMAL =
      Pattern.compile("DECIMAL\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");

  static ColumnType parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return decimal(text, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    for (Kind kind : Kind.values()) {
      if (kind != Kind.DECIMAL && kind.name().equals(text)) {
        return new ColumnType(kind, 0, 0);
      }
    }
    throw new IllegalArgumentException(
        "type must be one of BOOLEAN, SHORT, INT, LONG, DECIMAL(p,s), FLOAT, DOUBLE, NAIVE_DATE,"
            + " NAIVE_TIME, NAIVE_DATETIME, UTC_DATETIME, BINARY, JSON, XML, STRING, was "
            + text);
  }

  private static ColumnType decimal(String text, int precision, int scale) {
    if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
      throw new IllegalArgumentException(
          "type DECIMAL(p,s) must have 1 <= p <= 38 and 0 <= s <= p, was " + text);
    }
    return new ColumnType(Kind.DECIMAL, precision, scale);
  }

  /** Tells whether whole numbers of 64 bits, or those of them that fit, are kept exactly. */
  public boolean holdsIds() {
    return switch (kind) {
      case SHORT, INT, LONG, STRING -> true;
      case DECIMAL -> scale == 0;
      default -> false;
    };
  }

  /** Tells whether a value can be rounded to one that a table's column holds. */
  boolean canBeRounded() {
    return switch (kind) {
      case DECIMAL, FLOAT, DOUBLE, NAIVE_TIME, NAIVE_DATETIME, UTC_DATETIME -> true;
      default -> false;
    };
  }

  /** Tells whether a table's column may hold less and be made wider where the user says so. */
  boolean canBeWidened() {
    return isText() || kind == Kind.FLOAT || kind == Kind.DOUBLE;
  }

  /** Tells whether any text can be a value. */
  public boolean isText() {
    return kind == Kind.STRING || kind == Kind.JSON || kind == Kind.XML;
  }

  /**
   * Tells whether a newer value is greater. Of two texts nobody knows: {@code …00.5Z} is before
   * {@code …00Z}, and {@code 10} before {@code 9}.
   */
  boolean isOrdered() {
    return switch (kind) {
      case BOOLEAN, NAIVE_TIME, BINARY, JSON, XML, STRING -> false;
      default -> true;
    };
  }

  /** The type as it is written in a stream's settings. */
  @Override
  public String toString() {
    return kind == Kind.DECIMAL ? "DECIMAL(" + precision + "," + scale + ")" : kind.name();
  }
}
