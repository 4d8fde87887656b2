package io.stepsync.cli.discover;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.ColumnType.Kind;
import io.stepsync.jdbc.ExactText;
import io.stepsync.jdbc.ValueReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Finds the type of a column out of a sample of its values. The type takes all of the sample, and
 * every database keeps each value as it is.
 *
 * <p>Values of one kind have its type; those of several kinds fall to the type that takes them all:
 * DECIMAL or DOUBLE for numbers, JSON where one is an object or an array, STRING for others, and
 * where there is no value at all. Not thread-safe.
 */
public final class SampledColumn {

  /** Room for numbers that the sample lacks. */
  private static final int MORE_DIGITS = 6;

  private static final int MORE_DECIMALS = 2;

  /** Numbers with more decimals than this are measures, not amounts, and have as many as fit. */
  private static final int MOST_DECIMALS = 8;

  private static final int MOST_DIGITS = 38;

  private static final List<ColumnType> TIMES =
      List.of(
          type(Kind.UTC_DATETIME),
          type(Kind.NAIVE_DATETIME),
          type(Kind.NAIVE_DATE),
          type(Kind.NAIVE_TIME));

  private final String name;
  private final List<Object> values = new ArrayList<>();
  private long missing;

  /** A column without a value yet. */
  public SampledColumn(String name) {
    this.name = name;
  }

  /**
   * Takes the value of one more record.
   *
   * @param json as Jackson reads it, decimals as BigDecimal; null for none
   */
  public void add(Object json) {
    if (json == null) {
      missing++;
    } else {
      values.add(json);
    }
  }

  /** Returns the column; it is required where no record lacks it. */
  public Column column() {
    return new Column(name, type(), missing == 0 && !values.isEmpty());
  }

  private ColumnType type() {
    if (values.isEmpty()) {
      return type(Kind.STRING);
    }
    if (values.stream().anyMatch(value -> value instanceof Map || value instanceof Collection)) {
      return type(Kind.JSON);
    }
    if (all(Boolean.class)) {
      return type(Kind.BOOLEAN);
    }
    if (all(Number.class)) {
      return numberType();
    }
    return TIMES.stream().filter(this::takesAll).findFirst().orElse(type(Kind.STRING));
  }

  private boolean all(Class<?> type) {
    return values.stream().allMatch(type::isInstance);
  }

  private ColumnType numberType() {
    boolean whole =
        values.stream().noneMatch(value -> value instanceof BigDecimal)
            && values.stream().noneMatch(SampledColumn::isOver64Bits);
    return whole ? type(Kind.LONG) : decimalType();
  }

  /**
   * Returns a DECIMAL with room for amounts, a DOUBLE for other numbers, as long as it keeps each
   * of them, or else a DECIMAL without room or a STRING: a LONG does not take them all.
   */
  private ColumnType decimalType() {
    List<BigDecimal> numbers = values.stream().map(SampledColumn::number).toList();
    long decimals = numbers.stream().mapToLong(BigDecimal::scale).max().orElse(0);
    long digits = numbers.stream().mapToLong(SampledColumn::wholeDigits).max().orElse(0);
    long scale = Math.max(0, decimals);
    long roomy = digits + MORE_DIGITS + scale + MORE_DECIMALS;
    if (scale <= MOST_DECIMALS && roomy <= MOST_DIGITS) {
      int roomyScale = scale == 0 ? 0 : (int) scale + MORE_DECIMALS;
      return decimal((int) digits + MORE_DIGITS + roomyScale, roomyScale);
    }
    if (numbers.stream().allMatch(SampledColumn::isDouble)) {
      return type(Kind.DOUBLE);
    }
    return digits + scale <= MOST_DIGITS ? decimal(MOST_DIGITS, (int) scale) : type(Kind.STRING);
  }

  private static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Kind.DECIMAL, precision, scale);
  }

  private static BigDecimal number(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    return value instanceof BigInteger number
        ? new BigDecimal(number)
        : BigDecimal.valueOf(((Number) value).longValue());
  }

  private static long wholeDigits(BigDecimal number) {
    return number.signum() == 0 ? 1 : Math.max(1, number.precision() - (long) number.scale());
  }

  private static boolean isDouble(BigDecimal number) {
    double nearest = number.doubleValue();
    return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0;
  }

  private static boolean isOver64Bits(Object value) {
    return value instanceof BigInteger number && number.bitLength() > 63;
  }

  private boolean takesAll(ColumnType type) {
    return values.stream().allMatch(value -> takes(type, value));
  }

  private static boolean takes(ColumnType type, Object value) {
    try {
      return ExactText.of(ValueReader.read(type, value)) != null;
    } catch (IllegalArgumentException | DateTimeException | SQLException e) {
      return false;
    }
  }

  private static ColumnType type(Kind kind) {
    return new ColumnType(kind, 0, 0);
  }
}
