package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.window.IdWindow;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {

  private static final IdWindow ALL = new IdWindow(0, Long.MAX_VALUE);

  private static long id(String pointer, String record, IdWindow window) {
    Map<String, Object> fields = Answers.records("", "[" + record + "]").get(0);
    return new RecordId(Answers.pointer(pointer)).in(fields, window);
  }

  private static long id(String value) {
    return id("id", "{\"id\": " + value + "}", ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5, 5",
    "\"5\", 5",
    "\" 5 \", 5",
    "\"007\", 7",
    "5.0, 5",
    "5e2, 500",
    "9223372036854775807, 9223372036854775807",
    "\"9223372036854775807\", 9223372036854775807"
  })
  void a_whole_number_is_taken_as_a_number_or_a_string(String value, long id) {
    assertThat(id(value)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id       | {\"id\": 7}",
        "/id      | {\"id\": 7}",
        "/meta/id | {\"id\": 1, \"meta\": {\"id\": 7}}",
        "/ids/1   | {\"ids\": [1, 7]}",
        "/ids/1   | {\"ids\": {\"1\": 7}}",
        "/a~1b    | {\"a/b\": 7}"
      })
  void the_pointer_says_where_the_id_lies(String pointer, String record) {
    assertThat(id(pointer, record, ALL)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/id      | {\"ID\": 7}",
        "/id      | {\"id\": null}",
        "/meta/id | {\"meta\": 7}",
        "/meta/id | {\"meta\": null}",
        "/meta/id | {\"meta\": [7]}",
        "/ids/2   | {\"ids\": [1, 7]}",
        "/ids/-1  | {\"ids\": [1, 7]}"
      })
  void a_record_without_an_id_is_refused(String pointer, String record) {
    assertThatThrownBy(() -> id(pointer, record, ALL))
        .isInstanceOf(AnswerException.class)
        .hasMessage(
            "each record must have a whole number up to 2^63-1 at " + pointer + ", was null");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "5.5, 5.5",
    "\"5.5\", 5.5",
    "\"5.0\", 5.0",
    "\"5e2\", 5e2",
    "\"x\", x",
    "\"\", a blank text",
    "9223372036854775808, 9223372036854775808",
    "\"9223372036854775808\", 9223372036854775808",
    "1e19, 1e19",
    "{}, {}",
    "[5], [5]"
  })
  void anything_but_a_whole_number_up_to_the_highest_id_is_refused(String value, String shown) {
    assertThatThrownBy(() -> id(value))
        .isInstanceOf(AnswerException.class)
        .hasMessage("each record must have a whole number up to 2^63-1 at /id, was " + shown);
  }

  /** Written out, each of them would have a thousand million digits. */
  @ParameterizedTest
  @ValueSource(strings = {"1e1000000000", "-1e1000000000", "1e-1000000000", "\"1e1000000000\""})
  void a_number_with_a_vast_exponent_is_refused(String value) {
    assertThatThrownBy(() -> id(value))
        .isInstanceOf(AnswerException.class)
        .hasMessageStartingWith("each record must have a whole number up to 2^63-1 at /id, was ");
  }

  @Test
  void a_text_of_a_million_digits_is_refused_and_shown_shortened() {
    assertThatThrownBy(() -> id('"' + "1".repeat(1_000_000) + '"'))
        .isInstanceOf(AnswerException.class)
        .hasMessage(
            "each record must have a whole number up to 2^63-1 at /id, was "
                + "1".repeat(40)
                + "…");
  }

  @ParameterizedTest
  @CsvSource({"9", "21", "-10", "\"-10\"", "0", "9223372036854775807"})
  void an_id_outside_the_window_is_refused(String value) {
    assertThatThrownBy(() -> id("id", "{\"id\": " + value + "}", new IdWindow(10, 20)))
        .isInstanceOf(AnswerException.class)
        .hasMessage("each record's ID must lie inside the window, was " + value.replace("\"", ""));
  }

  @Test
  void both_ends_of_the_window_lie_inside() {
    IdWindow window = new IdWindow(10, 20);

    assertThat(id("id", "{\"id\": 10}", window)).isEqualTo(10);
    assertThat(id("id", "{\"id\": 20}", window)).isEqualTo(20);
  }
}
