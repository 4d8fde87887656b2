package io.stepsync.cli.discover;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.ColumnType.Kind;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.ExactText;
import io.stepsync.jdbc.ValueReader;
import io.stepsync.json.JsonPlace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the type of a column out of a sample of its values. The type takes all of the sample, and
 * every database keeps each value as it is.
 *
 * <p>Values of one kind have its type; those of several kinds fall to the type that takes them all:
 * DOUBLE or DECIMAL for numbers, JSON where one is an object or an array, STRING for others, and
 * where there is no value at all. Texts such as {@code ""} among values that are no texts stand for
 * none. Not thread-safe.
 */
public final class SampledColumn {

  /** Room for numbers that the sample lacks. */
  private static final int MORE_DIGITS = 6;

  /** Texts that stand for no value in columns that have no texts. */
  private static final Set<String> NULLS = Set.of("", "0000-00-00", "0000-00-00 00:00:00");

  private static final Pattern TIME_NAME =
      Pattern.compile(".*([_-]at|At|[Tt]ime|[Tt]imestamp|[Dd]ate|created|updated|modified)");

  private static final long FIRST_SECOND = 1_000_000_000L; // 2001
  private static final long LAST_SECOND = 4_000_000_000L; // 2096

  private static final int MOST_DIGITS = 38;

  private static final List<ColumnType> TIMES =
      List.of(
          type(Kind.UTC_DATETIME),
          type(Kind.NAIVE_DATETIME),
          type(Kind.NAIVE_DATE),
          type(Kind.NAIVE_TIME));

  private final String name;
  private final JsonPlace place;
  private final List<Object> values = new ArrayList<>();
  private final Set<String> nulls = new TreeSet<>();
  private long missing;

  /** A column of the field of its name, without a value yet. */
  public SampledColumn(String name) {
    this(name, JsonPlace.ofField(name));
  }

  SampledColumn(String name, JsonPlace place) {
    this.name = name;
    this.place = place;
  }

  /**
   * Takes the value of one more record.
   *
   * @param json as Jackson reads it, decimals as BigDecimal; null for none
   */
  public void add(Object json) {
    if (json == null) {
      missing++;
    } else if (json instanceof String text && NULLS.contains(text)) {
      nulls.add(text);
    } else {
      values.add(json);
    }
  }

  /** Returns the column; it is required where no record lacks it. */
  public Column column() {
    ColumnType type = type();
    boolean isText = type.kind() == Kind.STRING || type.kind() == Kind.JSON;
    boolean valued = isText || nulls.isEmpty();
    return new Column(
        name,
        type,
        missing == 0 && valued && !(values.isEmpty() && nulls.isEmpty()),
        place,
        valued ? Set.of() : nulls,
        null,
        false,
        false);
  }

  /**
   * Returns the column as a line of a stream's settings.
   *
   * @param dialect what is known of the database; a type that it does not have is a STRING
   */
  String line(boolean mayBeRequired, Optional<Dialect> dialect) {
    Column column = column();
    ColumnType type =
        dialect.isPresent() && !has(dialect.get(), column.type())
            ? type(Kind.STRING)
            : column.type();
    boolean required = mayBeRequired && column.required();
    Column written =
        new Column(name, type, required, place, column.nulls(), column.since1970(), false, false);
    return name + ": " + written.text();
  }

  private static boolean has(Dialect dialect, ColumnType type) {
    try {
      return !dialect.catalogType(type).isEmpty();
    } catch (IllegalArgumentException | IllegalStateException e) {
      return false;
    }
  }

  /** Returns what the column may be, which its values alone do not tell. */
  Optional<String> guess() {
    boolean whole =
        values.stream().allMatch(value -> value instanceof Integer || value instanceof Long);
    if (values.isEmpty() || !whole || !TIME_NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    if (isAllBetween(FIRST_SECOND, LAST_SECOND)) {
      return Optional.of(name + " may be seconds since 1970: UTC_DATETIME(seconds)");
    }
    return isAllBetween(1000 * FIRST_SECOND, 1000 * LAST_SECOND)
        ? Optional.of(name + " may be milliseconds since 1970: UTC_DATETIME(millis)")
        : Optional.empty();
  }

  private boolean isAllBetween(long first, long last) {
    return values.stream()
        .mapToLong(value -> ((Number) value).longValue())
        .allMatch(value -> first <= value && value <= last);
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
    return whole ? type(Kind.LONG) : fractionType();
  }

  /**
   * Returns DOUBLE as long as it keeps each number, as most that write JSON have them: {@code 2.11}
   * is {@code 2.1100000000000003} after a calculation, which no scale has room for. Else a DECIMAL,
   * with room, or a STRING: a LONG does not take them all.
   */
  private ColumnType fractionType() {
    List<BigDecimal> numbers = values.stream().map(SampledColumn::number).toList();
    long scale = Math.max(0, numbers.stream().mapToLong(BigDecimal::scale).max().orElse(0));
    if (scale > 0 && numbers.stream().allMatch(SampledColumn::isDouble)) {
      return type(Kind.DOUBLE);
    }
    long digits = numbers.stream().mapToLong(SampledColumn::wholeDigits).max().orElse(0);
    if (digits + scale > MOST_DIGITS) {
      return type(Kind.STRING);
    }
    return scale == 0
        ? decimal((int) Math.min(MOST_DIGITS, digits + MORE_DIGITS), 0)
        : decimal(MOST_DIGITS, (int) scale);
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
