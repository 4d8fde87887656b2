package io.stepsync.jdbc;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a JSON value into the Java value that its column takes, without loss, or refuses it.
 *
 * <p>A JSON value is what Jackson makes of it: String, Boolean, Integer, Long, BigInteger,
 * BigDecimal, Map or List. The Java values are Boolean, Short, Integer, Long, BigDecimal, Double
 * (for FLOAT too), LocalDate, LocalTime, LocalDateTime, OffsetDateTime in UTC, {@code byte[]} and
 * String.
 */
public final class ValueReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A surrogate without its other half: a pattern takes the two as one character. */
  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

  /** Parsing the digits of a text takes time that grows with their square. */
  private static final int MAX_DIGITS = 100;

  /** The length of a moment in UTC that has its seconds. */
  private static final int WITH_SECONDS = "2026-11-15T00:58:20Z".length();

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ISO_LOCAL_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

  /** ISO 8601 has a colon in the offset, and no blank before it; many an API is otherwise. */
  private static final DateTimeFormatter DATE_TIME_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[ ][XXX][xx][x]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** RFC 1123, as in {@code Sun, 06 Nov 1994 08:49:37 GMT}; a day that is not there is refused. */
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.RFC_1123_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern AS_RFC_1123 =
      Pattern.compile("([A-Za-z]{3}, )?\\d{1,2} [A-Za-z]{3} .*");

  /** Milliseconds since 1970, in OData 2 and much of .NET; an offset is that of the sender. */
  private static final Pattern DATE_OF_MILLIS =
      Pattern.compile("/Date\\((-?\\d{1,15})([+-]\\d{4})?\\)/");

  private static final long NANOS_OF_A_SECOND = 1_000_000_000;

  private ValueReader() {}

  /**
   * Returns the value that a column takes.
   *
   * @param json not null
   * @throws RuntimeException if the value does not fit; the caller knows column and value to name
   */
  public static Object read(ColumnType type, Object json) {
    return switch (type.kind()) {
      case BOOLEAN -> bool(json);
      case SHORT -> number(json).shortValueExact();
      case INT -> number(json).intValueExact();
      case LONG -> number(json).longValueExact();
      case DECIMAL -> decimal(type, number(json));
      case FLOAT -> finite(number(json), Float.MAX_VALUE);
      case DOUBLE -> finite(number(json), Double.MAX_VALUE);
      case NAIVE_DATE -> LocalDate.parse(text(json));
      case NAIVE_TIME -> LocalTime.parse(text(json));
      case NAIVE_DATETIME -> LocalDateTime.parse(isoDateTime(json), DATE_TIME);
      case UTC_DATETIME -> moment(isoDateTime(json));
      case BINARY -> Base64.getDecoder().decode(text(json));
      case JSON -> jsonText(json);
      case XML -> text(json);
      case STRING -> scalarText(json);
    };
  }

  /**
   * Returns the JSON text of {@code json}, for a column, a dead letter or a message. Half a
   * character, which UTF-8 has no bytes for, is written as JSON's escape.
   */
  public static String jsonText(Object json) {
    try {
      return HALF_CHARACTER
          .matcher(JSON.writeValueAsString(json))
          .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static Boolean bool(Object json) {
    if (json instanceof Boolean value) {
      return value;
    }
    return switch (text(json).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static BigDecimal number(Object json) {
    if (json instanceof BigDecimal value) {
      return value;
    }
    if (json instanceof BigInteger value) {
      return new BigDecimal(value);
    }
    return json instanceof Number value
        ? BigDecimal.valueOf(value.longValue())
        : new BigDecimal(digits(text(json)));
  }

  private static String digits(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new IllegalArgumentException("over " + MAX_DIGITS + " digits");
    }
    return text;
  }

  /** Both limits are checked before setScale, which would write out the zeros of 1e1000000000. */
  private static BigDecimal decimal(ColumnType type, BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    boolean zero = stripped.signum() == 0;
    if (!zero && stripped.precision() - (long) stripped.scale() > integerDigits(type)) {
      throw new ArithmeticException("too large");
    }
    if (stripped.scale() > type.scale()) {
      throw new ArithmeticException("too many decimals");
    }
    return stripped.setScale(type.scale());
  }

  private static int integerDigits(ColumnType type) {
    return type.precision() - type.scale();
  }

  private static Double finite(BigDecimal value, double limit) {
    double number = value.doubleValue();
    if (Math.abs(number) > limit) {
      throw new ArithmeticException("too large");
    }
    return number;
  }

  /** ISO 8601 has a T between date and time; many an API has a blank. */
  private static String isoDateTime(Object json) {
    String text = text(json);
    return text.length() > 10 && text.charAt(10) == ' ' && text.charAt(4) == '-'
        ? text.substring(0, 10) + 'T' + text.substring(11)
        : text;
  }

  /** Most moments are in UTC, and ITU reads those several times as fast. */
  private static OffsetDateTime moment(String text) {
    if (text.endsWith("Z") && text.length() >= WITH_SECONDS) {
      return ITU.parseDateTime(text);
    }
    Matcher millis = DATE_OF_MILLIS.matcher(text);
    if (millis.matches()) {
      return moment(millis.group(1), ChronoUnit.MILLIS);
    }
    return (AS_RFC_1123.matcher(text).matches()
            ? OffsetDateTime.parse(text.replaceFirst("UTC$", "GMT"), RFC_1123)
            : OffsetDateTime.parse(text.replaceFirst(" (UTC|GMT)$", "Z"), DATE_TIME_OFFSET))
        .withOffsetSameInstant(ZoneOffset.UTC);
  }

  /**
   * Returns the moment that a number of {@code unit}s since 1970 stands for, to the nanosecond.
   *
   * @param json a number, or its text
   * @param unit seconds or milliseconds
   * @throws RuntimeException if it is no number, or no moment that Java has
   */
  static OffsetDateTime moment(Object json, ChronoUnit unit) {
    BigDecimal nanos = number(json).multiply(BigDecimal.valueOf(unit.getDuration().toNanos()));
    if (nanos.precision() - (long) nanos.scale() > MAX_DIGITS) {
      throw new ArithmeticException("too large");
    }
    BigInteger[] parts =
        nanos.toBigIntegerExact().divideAndRemainder(BigInteger.valueOf(NANOS_OF_A_SECOND));
    Instant moment = Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
  }

  private static String text(Object json) {
    if (json instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not a string");
  }

  private static String scalarText(Object json) {
    if (json instanceof Map || json instanceof Collection) {
      throw new IllegalArgumentException("not a scalar");
    }
    return json instanceof BigDecimal number ? number.toString() : String.valueOf(json);
  }
}
