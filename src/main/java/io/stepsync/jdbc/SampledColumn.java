package io.stepsync.jdbc;

import io.stepsync.jdbc.ColumnType.Kind;
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
    return whole ? type(Kind.LONG) : SampledDecimals.type(values);
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

  static ColumnType type(Kind kind) {
    return new ColumnType(kind, 0, 0);
  }
}
