package io.stepsync.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {

  @Test
  void what_is_exported_is_imported_as_it_was() {
    Map<String, Long> states = new TreeMap<>(Map.of("user", 5001L, "a\"b", Long.MAX_VALUE));

    String text = StateJson.of(states);

    assertThat(text)
        .isEqualTo(
            "{\"a\\\"b\": {\"current_id\": 9223372036854775807}, \"user\": {\"current_id\": 5001}}");
    assertThat(StateJson.states(text)).isEqualTo(states);
  }

  @Test
  void the_ancestors_own_state_is_that_of_one_stream() {
    assertThat(StateJson.state("user", " {\"current_id\": 5001}\n")).isEqualTo(5001);
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
