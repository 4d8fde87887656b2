package io.stepsync.jdbc;

import io.stepsync.jdbc.ColumnType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Finds the type of numbers that a LONG does not take. */
final class SampledDecimals {

  /** Room for numbers that the sample lacks. */
  private static final int MORE_DIGITS = 6;

  private static final int MORE_DECIMALS = 2;

  /** Numbers with more decimals than this are measures, not amounts, and have as many as fit. */
  private static final int MOST_DECIMALS = 8;

  private static final int MOST_DIGITS = 38;

  private SampledDecimals() {}

  /**
   * Returns a DECIMAL with room for amounts, a DOUBLE for other numbers, as long as it keeps each
   * of them, or else a DECIMAL without room or a STRING.
   *
   * @param values as Jackson reads them
   */
  static ColumnType type(List<Object> values) {
    List<BigDecimal> numbers = values.stream().map(SampledDecimals::number).toList();
    long decimals = numbers.stream().mapToLong(BigDecimal::scale).max().orElse(0);
    long digits = numbers.stream().mapToLong(SampledDecimals::wholeDigits).max().orElse(0);
    long scale = Math.max(0, decimals);
    long roomy = digits + MORE_DIGITS + scale + MORE_DECIMALS;
    if (scale <= MOST_DECIMALS && roomy <= MOST_DIGITS) {
      int roomyScale = scale == 0 ? 0 : (int) scale + MORE_DECIMALS;
      return decimal((int) digits + MORE_DIGITS + roomyScale, roomyScale);
    }
    if (numbers.stream().allMatch(SampledDecimals::isDouble)) {
      return SampledColumn.type(Kind.DOUBLE);
    }
    return digits + scale <= MOST_DIGITS
        ? decimal(MOST_DIGITS, (int) scale)
        : SampledColumn.type(Kind.STRING);
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
}
