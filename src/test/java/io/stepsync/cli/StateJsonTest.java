package io.stepsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.window.Lanes;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {

  @Test
  void what_is_exported_is_imported_as_it_was() {
    Map<String, Lanes> states =
        new TreeMap<>(Map.of("user", Lanes.from(5001), "a\"b", Lanes.from(Long.MAX_VALUE)));

    String text = StateJson.of(states);

    assertThat(text)
        .isEqualTo(
            "{\"a\\\"b\": {\"current_id\": 9223372036854775807}, \"user\": {\"current_id\": 5001}}");
    assertThat(StateJson.states(text)).isEqualTo(states);
  }

  @Test
  void the_lanes_of_a_stream_stand_behind_its_checkpoint() {
    Lanes lanes = Lanes.from(1).cut(3, 100, 300);

    String text = StateJson.of(lanes);

    assertThat(text)
        .isEqualTo(
            "{\"current_id\": 1, \"lanes\": ["
                + "{\"first_id\": null, \"last_id\": 100, \"current_id\": 1}, "
                + "{\"first_id\": 101, \"last_id\": 200, \"current_id\": 101}, "
                + "{\"first_id\": 201, \"last_id\": null, \"current_id\": 201}]}");
    assertThat(StateJson.state("user", text)).isEqualTo(lanes);
    assertThat(StateJson.states("{\"user\": " + text + "}")).isEqualTo(Map.of("user", lanes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null  100  101 | 102  null 102 | 101 | a lane must begin behind the one before it, at 101
          null  100  101 | 100  null 101 | 101 | a lane must begin behind the one before it, at 101
          null  100    5 | 101  200  101 |   5 | the highest lane must be open-ended
          null  null   5 | 101  null 101 |   5 | the lane before another must have a last_id
          null  100  102 | 101  null 101 | 101 | the current_id of a lane must be <= last_id + 1
          null  100    5 | 101  null 100 |   5 | a lane must be 0 <= firstId <= lastId, checkpoint
          null  100    5 | 101  null 101 |   7 | current_id must be that of the lowest lane that
          null  100    5 | 101  null 1.5 |   5 | a lane must be {"first_id": n, "last_id": n
          null  100   -5 | 101  null 101 |  -5 | current_id must be >= 0, was -5
          """)
  void lanes_that_leave_ids_out_or_have_some_twice_are_refused(
      String one, String other, String currentId, String reason) {
    String text =
        "{\"current_id\": %s, \"lanes\": [%s, %s]}".formatted(currentId, lane(one), lane(other));

    assertThatThrownBy(() -> StateJson.state("user", text))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("stream user: " + reason);
  }

  private static String lane(String values) {
    return "{\"first_id\": %s, \"last_id\": %s, \"current_id\": %s}"
        .formatted((Object[]) values.strip().split(" +", 3));
  }

  @Test
  void the_ancestors_own_state_is_that_of_one_stream() {
    assertThat(StateJson.state("user", " {\"current_id\": 5001}\n")).isEqualTo(Lanes.from(5001));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "5001",
        "{",
        "{\"current_id\": 1} x",
        "{\"current_id\": \"5001\"}",
        "{\"current_id\": 5.0}",
        "{\"current_id\": 9223372036854775808}",
        "{\"id\": 1}",
        "{\"current_id\": 1, \"more\": 2}",
        "{\"current_id\": 1, \"current_id\": 2}"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> StateJson.state("user", text))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("the state must be ");
  }

  @Test
  void a_bare_state_is_not_taken_for_that_of_a_stream_called_current_id() {
    assertThatThrownBy(() -> StateJson.states("{\"current_id\": 5001}"))
        .hasMessage(
            "stream current_id: the state must be {\"current_id\": n}, n a whole number below 2^63,"
                + " was 5001");
  }

  @ParameterizedTest
  @CsvSource({"5.5", "many", "9223372036854775808", "''"})
  void a_checkpoint_that_is_typed_must_be_a_whole_number(String typed) {
    assertThatThrownBy(() -> StateJson.currentId("user", typed))
        .hasMessage(
            "stream user: current_id must be a whole number below 2^63, was %s".formatted(typed));
  }
}
