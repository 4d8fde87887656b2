package io.stepsync.jdbc;

import com.ethlo.time.ITU;
import java.math.BigDecimal;
import java.sql.SQLDataException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes a column's value as the text that a database reads, for databases that keep microseconds
 * and UTF-8. A value that would not come back as it was is refused, with the SQLSTATE that the
 * database has for it: a time of more than six decimals, which would be rounded, a year that has no
 * four digits, which MariaDB makes another date of, and text with half a character, which would
 * become a question mark.
 */
public final class ExactText {

  private static final String DATETIME_OVERFLOW = "22008";
  private static final String NOT_IN_REPERTOIRE = "22021";
  private static final int LAST_YEAR = 9999;
  private static final int NANOS_OF_A_MICROSECOND = 1000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private ExactText() {}

  /** Returns the text of a value, bytes in hexadecimal; null for null. */
  public static String of(Object value) throws SQLDataException {
    if (value instanceof String text) {
      return wellFormed(text);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof LocalTime time) {
      return inMicroseconds(TIME::format, time);
    }
    if (value instanceof LocalDate date) {
      return inFourDigits(date).toString();
    }
    if (value instanceof LocalDateTime dateTime) {
      return inMicroseconds(DATE_TIME::format, inFourDigits(dateTime));
    }
    if (value instanceof OffsetDateTime moment) {
      boolean whole = moment.getNano() == 0;
      return inMicroseconds(whole ? ITU::formatUtc : ITU::formatUtcMicro, inFourDigits(moment));
    }
    return value == null ? null : value.toString();
  }

  private static <T extends TemporalAccessor> T inFourDigits(T value) throws SQLDataException {
    int year = value.get(ChronoField.YEAR);
    if (year < 1 || year > LAST_YEAR) {
      throw new SQLDataException("the year must be 1 to 9999, was " + value, DATETIME_OVERFLOW);
    }
    return value;
  }

  private static <T extends TemporalAccessor> String inMicroseconds(
      Function<T, String> format, T value) throws SQLDataException {
    if (value.get(ChronoField.NANO_OF_SECOND) % NANOS_OF_A_MICROSECOND != 0) {
      throw new SQLDataException(
          "the database keeps microseconds, was " + value, DATETIME_OVERFLOW);
    }
    return format.apply(value);
  }

  /** Few texts have surrogates at all: the loop over them stays small. */
  private static String wellFormed(String text) throws SQLDataException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        requirePairs(text, i);
        break;
      }
    }
    return text;
  }

  private static void requirePairs(String text, int first) throws SQLDataException {
    for (int i = first; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (!Character.isSurrogate(unit)) {
        continue;
      }
      if (!Character.isHighSurrogate(unit)
          || ++i == text.length()
          || !Character.isLowSurrogate(text.charAt(i))) {
        throw new SQLDataException("the text has half a character", NOT_IN_REPERTOIRE);
      }
    }
  }
}
