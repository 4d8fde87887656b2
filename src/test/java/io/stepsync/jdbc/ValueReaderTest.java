package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.FixedSeed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {

  private static Object read(String type, Object json) {
    return ValueReader.read(ColumnType.parse(type), json);
  }

  /** A number as Jackson reads it: the smallest type that holds it. */
  private static Object number(String text) {
    BigDecimal value = new BigDecimal(text);
    if (!text.matches("-?\\d+")) {
      return value;
    }
    BigInteger whole = value.toBigIntegerExact();
    if (whole.bitLength() < Integer.SIZE) {
      return whole.intValue();
    }
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
  }

  private static void assertRefused(String type, Object json) {
    assertThatThrownBy(() -> read(type, json))
        .as("%s %s", type, json)
        .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "TRUE, true", "False, false"})
  void a_boolean_may_be_a_text(String text, boolean value) {
    assertThat(read("BOOLEAN", value)).isEqualTo(value);
    assertThat(read("BOOLEAN", text)).isEqualTo(value);
  }

  @Test
  void anything_else_is_no_boolean() {
    for (Object json : List.of("", "yes", "1", "t", " true", 0, 1, 1L, List.of(), Map.of())) {
      assertRefused("BOOLEAN", json);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHORT, -32768, 32767",
    "INT, -2147483648, 2147483647",
    "LONG, -9223372036854775808, 9223372036854775807"
  })
  void a_whole_number_has_the_range_of_its_type(String type, BigInteger least, BigInteger most) {
    for (BigInteger value : List.of(least, BigInteger.ZERO, most)) {
      assertThat(read(type, number(value.toString()))).hasToString(value.toString());
      assertThat(read(type, value.toString())).hasToString(value.toString());
    }
    BigInteger below = least.subtract(BigInteger.ONE);
    BigInteger above = most.add(BigInteger.ONE);
    for (BigInteger value : List.of(below, above)) {
      assertRefused(type, number(value.toString()));
      assertRefused(type, value.toString());
    }
  }

  @Test
  void a_whole_number_comes_as_the_java_type_of_its_column() {
    assertThat(read("SHORT", 7)).isEqualTo((short) 7);
    assertThat(read("INT", 7L)).isEqualTo(7);
    assertThat(read("LONG", 7)).isEqualTo(7L);
    assertThat(read("LONG", new BigDecimal("7.00"))).isEqualTo(7L);
    assertThat(read("INT", "7e2")).isEqualTo(700);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHORT", "INT", "LONG"})
  void a_fraction_or_no_number_is_no_whole_number(String type) {
    for (Object json :
        List.of(new BigDecimal("7.5"), "7.5", "", "x", " 7", "0x7", "NaN", true, List.of(7))) {
      assertRefused(type, json);
    }
  }

  /** Written out, each of them would have a thousand million digits. */
  @ParameterizedTest
  @ValueSource(
      strings = {"SHORT", "INT", "LONG", "DECIMAL(10,2)", "DECIMAL(38,38)", "DECIMAL(38,0)"})
  void a_number_with_a_vast_exponent_is_refused(String type) {
    for (String text : List.of("1e1000000000", "-1e1000000000", "1e-1000000000")) {
      assertRefused(type, new BigDecimal(text));
      assertRefused(type, text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHORT", "INT", "LONG", "DECIMAL(38,0)", "FLOAT", "DOUBLE"})
  void a_text_of_over_100_digits_is_no_number(String type) {
    assertRefused(type, "0".repeat(100) + "7");
    assertRefused(type, "7".repeat(1_000_000));
    assertThat(((Number) read(type, "0".repeat(99) + "7")).intValue()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "'DECIMAL(10,2)', 0, 0.00",
    "'DECIMAL(10,2)', 7, 7.00",
    "'DECIMAL(10,2)', 1.1, 1.10",
    "'DECIMAL(10,2)', 1.1000, 1.10",
    "'DECIMAL(10,2)', 1e7, 10000000.00",
    "'DECIMAL(10,2)', 99999999.99, 99999999.99",
    "'DECIMAL(10,2)', -99999999.99, -99999999.99",
    "'DECIMAL(3,3)', 0.001, 0.001",
    "'DECIMAL(3,3)', -0.999, -0.999",
    "'DECIMAL(1,0)', 9, 9",
    "'DECIMAL(38,0)', 99999999999999999999999999999999999999, "
        + "99999999999999999999999999999999999999"
  })
  void a_decimal_has_the_scale_of_its_column(String type, String text, BigDecimal value) {
    assertThat(read(type, number(text))).isEqualTo(value);
    assertThat(read(type, text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "'DECIMAL(10,2)', 1.105",
    "'DECIMAL(10,2)', 0.001",
    "'DECIMAL(10,2)', 100000000",
    "'DECIMAL(10,2)', -100000000.00",
    "'DECIMAL(10,2)', 1e8",
    "'DECIMAL(10,2)', ''",
    "'DECIMAL(10,2)', '1,10'",
    "'DECIMAL(3,3)', 1",
    "'DECIMAL(3,3)', 0.9999",
    "'DECIMAL(1,0)', 10",
    "'DECIMAL(1,0)', 0.5"
  })
  void a_decimal_that_would_have_to_be_rounded_or_is_too_large_is_refused(
      String type, String text) {
    assertRefused(type, text);
  }

  @Property(seed = FixedSeed.VALUE)
  void a_decimal_is_kept_exactly_or_refused(
      @ForAll BigDecimal value,
      @ForAll @IntRange(min = 1, max = 38) int precision,
      @ForAll @IntRange(max = 38) int anyScale) {
    int scale = Math.min(anyScale, precision - 1);
    BigDecimal limit = BigDecimal.TEN.pow(precision - scale);
    boolean fits = value.abs().compareTo(limit) < 0 && value.stripTrailingZeros().scale() <= scale;
    String type = "DECIMAL(" + precision + "," + scale + ")";

    if (fits) {
      assertThat((BigDecimal) read(type, value)).isEqualByComparingTo(value);
    } else {
      assertRefused(type, value);
    }
  }

  @Test
  void floating_point_numbers_come_as_doubles() {
    assertThat(read("DOUBLE", new BigDecimal("1.5"))).isEqualTo(1.5);
    assertThat(read("DOUBLE", 7)).isEqualTo(7.0);
    assertThat(read("FLOAT", "1.5")).isEqualTo(1.5);
    assertThat(read("DOUBLE", new BigDecimal("1.7976931348623157E308")))
        .isEqualTo(Double.MAX_VALUE);
    assertThat(read("FLOAT", new BigDecimal(Float.MAX_VALUE))).isEqualTo((double) Float.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1e309", "DOUBLE, -1e309", "DOUBLE, 1e1000000000", "FLOAT, 3.5e38"})
  void a_floating_point_number_beyond_its_range_is_refused(String type, String text) {
    assertRefused(type, new BigDecimal(text));
    assertRefused(type, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "", "1,5", "1.5f", "0x1p3"})
  void a_text_that_is_no_number_is_no_floating_point_number(String text) {
    assertRefused("DOUBLE", text);
    assertRefused("FLOAT", text);
  }

  @Test
  void binary_is_base64() {
    assertThat((byte[]) read("BINARY", "AAH/")).containsExactly(0, 1, -1);
    assertThat((byte[]) read("BINARY", "AA==")).containsExactly(0);
    assertThat((byte[]) read("BINARY", "")).isEmpty();
    for (Object json : List.of("A", "AA=A", "A-_/", "AA ==", "é", 7, true, List.of())) {
      assertRefused("BINARY", json);
    }
  }

  @Test
  void json_is_kept_as_its_text() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("b", Arrays.asList(1, null, new BigDecimal("1.10"), "x\"é"));
    object.put("a", Collections.emptyMap());

    assertThat(read("JSON", object)).isEqualTo("{\"b\":[1,null,1.10,\"x\\\"é\"],\"a\":{}}");
    assertThat(read("JSON", "text")).isEqualTo("\"text\"");
    assertThat(read("JSON", 7)).isEqualTo("7");
    assertThat(read("JSON", true)).isEqualTo("true");
    assertThat(read("JSON", new BigDecimal("1e1000000000"))).isEqualTo("1E+1000000000");
  }

  @Test
  void xml_is_a_text() {
    assertThat(read("XML", "<a b='c'/>")).isEqualTo("<a b='c'/>");
    for (Object json : List.of(7, true, Map.of("a", 1), List.of())) {
      assertRefused("XML", json);
    }
  }

  @Test
  void a_string_may_be_any_scalar() {
    assertThat(read("STRING", "")).isEqualTo("");
    assertThat(read("STRING", " Zoë ")).isEqualTo(" Zoë ");
    assertThat(read("STRING", true)).isEqualTo("true");
    assertThat(read("STRING", 7)).isEqualTo("7");
    assertThat(read("STRING", new BigInteger("9223372036854775808")))
        .isEqualTo("9223372036854775808");
    assertThat(read("STRING", new BigDecimal("1.10"))).isEqualTo("1.10");
    assertThat(read("STRING", new BigDecimal("1e1000000000"))).isEqualTo("1E+1000000000");
    assertRefused("STRING", Map.of());
    assertRefused("STRING", List.of("x"));
  }
}
