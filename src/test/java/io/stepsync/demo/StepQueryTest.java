package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepQueryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"start_id=2&end_id=3", "end_id=3&start_id=2", "start%5Fid=%32&&end_id=03&"})
  void the_two_ids_are_read_in_any_order(String query) {
    assertThat(StepQuery.parse(query)).isEqualTo(new StepQuery(2, 3));
  }

  @Test
  void the_highest_possible_id_is_taken() {
    assertThat(StepQuery.parse("start_id=9223372036854775807&end_id=9223372036854775807"))
        .isEqualTo(new StepQuery(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "start_id=1", "end_id=1"})
  void a_missing_parameter_is_refused(String query) {
    refused(query, "Both 'start_id' and 'end_id' parameters are required");
  }

  @Test
  void unknown_parameters_are_refused() {
    refused("start_id=1&end_id=2&limit=3&a%20b", "Unexpected query parameters: limit, a b");
    refused("Start_id=1&end_id=2", "Unexpected query parameters: Start_id");
    refused("=1", "Unexpected query parameters: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start_id=1&start_id=1&end_id=2", "end_id=2&start_id=1&start_id"})
  void a_repeated_parameter_is_refused(String query) {
    refused(query, "Repeated query parameter: start_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1.0", "1e3", "%201", "%2B1", "1_0", "0x1", "--1", "%D9%A1"})
  void what_is_not_a_whole_number_is_refused(String value) {
    refused("start_id=" + value + "&end_id=9", invalid("start_id", "a whole number"));
    refused("start_id=1&end_id=" + value, invalid("end_id", "a whole number"));
  }

  @Test
  void an_id_beyond_64_bits_is_refused() {
    refused(
        "start_id=1&end_id=9223372036854775808",
        invalid("end_id", "a whole number from 1 to 9223372036854775807"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "-9223372036854775808"})
  void a_start_below_one_is_refused(String start) {
    refused("start_id=" + start + "&end_id=1", invalid("start_id", "greater than or equal to 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "0", "-7"})
  void an_end_below_the_start_is_refused(String end) {
    refused("start_id=5&end_id=" + end, invalid("end_id", "greater than or equal to 'start_id'"));
  }

  private static String invalid(String name, String rule) {
    return "Invalid value for '" + name + "'. It must be " + rule + ".";
  }

  private static void refused(String query, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StepQuery.parse(query))
        .withMessage(message);
  }
}
