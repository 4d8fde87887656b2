package io.stepsync.http;

import static io.stepsync.http.Answers.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.http.AnswerException.Trouble;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

  @Test
  void records_are_read_in_their_order() {
    assertThat(records("/data", "{\"data\": [{\"id\": 1}, {\"id\": 2}, {}]}"))
        .containsExactly(Map.of("id", 1), Map.of("id", 2), Map.of());
  }

  @Test
  void bytes_of_an_encoding_that_nobody_has_are_no_answer() {
    assertThatThrownBy(() -> records("/data", new byte[] {0, '{', 0, 0, 0, '}', 0, 0}))
        .isInstanceOf(AnswerException.class)
        .hasMessageStartingWith("the answer is no valid JSON at line 1, column 1, near ");
  }

  @Test
  void an_empty_array_holds_no_records() {
    assertThat(records("/data", "{\"data\": []}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                | [{\"id\": 1}]",
        "/data             | {\"before\": [{\"id\": 9}], \"data\": [{\"id\": 1}], \"after\": {}}",
        "data              | {\"data\": [{\"id\": 1}]}",
        "/result/user/rows | {\"result\": {\"n\": 1, \"user\": {\"rows\": [{\"id\": 1}]}}, \"x\": 2}",
        "/a~1b/c~0d        | {\"a/b\": {\"c~d\": [{\"id\": 1}]}}",
        "/                 | {\"\": [{\"id\": 1}]}"
      })
  void the_pointer_says_where_the_records_lie(String pointer, String body) {
    assertThat(records(pointer, body)).containsExactly(Map.of("id", 1));
  }

  @Test
  void a_field_of_the_same_name_elsewhere_is_not_the_pointers_field() {
    assertThat(records("/data", "{\"x\": {\"data\": [{\"id\": 8}]}, \"data\": [{\"data\": [9]}]}"))
        .containsExactly(Map.of("data", List.of(9)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/data   | {}",
        "/data   | {\"Data\": [], \"rows\": [{\"id\": 1}]}",
        "/a/rows | {\"a\": {\"data\": []}}",
        "/a/rows | {\"a\": {}, \"rows\": []}"
      })
  void an_answer_without_the_pointers_field_is_refused(String pointer, String body) {
    assertThatThrownBy(() -> records(pointer, body))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the answer has no " + pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/data | {\"data\": null}         | /data must be an array of records, was null; emptyWithoutArray=true takes that for no record",
        "/data | {\"data\": { }}          | /data must be an array of records, was an empty object; emptyWithoutArray=true takes that for no record",
        "/data | {\"data\": \"none\"}     | /data must be an array of records, was a string",
        "/data | {\"data\": {\"id\": 1}}  | /data must be an array of records, was an object",
        "/data | {\"data\": 0}            | /data must be an array of records, was a number",
        "/data | {\"data\": 1.5}          | /data must be an array of records, was a number",
        "/data | {\"data\": true}         | /data must be an array of records, was true",
        "''    | {\"data\": []}           | the answer must be an array of records, was an object",
        "''    | null                     | the answer must be an array of records, was null; emptyWithoutArray=true takes that for no record"
      })
  void what_lies_at_the_pointer_must_be_an_array(String pointer, String body, String message) {
    assertThatThrownBy(() -> records(pointer, body))
        .isInstanceOf(AnswerException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\":null}", "{\"n\":0,\"data\":{ },\"x\":{}}", "{\"data\":[]}"})
  void null_or_an_empty_object_is_an_empty_array_where_the_stream_says_so(String body) {
    assertThat(withoutArray(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"data\":{\"id\":1}}", "{\"data\":\"\"}", "{\"data\":null", "null"})
  void nothing_else_is_an_empty_array(String body) {
    assertThatThrownBy(() -> withoutArray(body)).isInstanceOf(AnswerException.class);
  }

  private static List<Map<String, Object>> withoutArray(String body) {
    return Answers.records(
        AnswerFormat.parse("json", "/data", "id", false, "", "/errors", true, 1000, false),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"data\"", "7", "null", "[{\"data\": []}]"})
  void an_answer_that_is_no_object_has_no_field_to_enter(String body) {
    assertThatThrownBy(() -> records("/data", body))
        .isInstanceOf(AnswerException.class)
        .hasMessageContaining("must be an object with data, was ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"null|null", "1|a number", "\"x\"|a string", "[{}]|an array", "false|false"})
  void each_element_must_be_an_object(String element, String shown) {
    String message = "each of /data must be an object, was " + shown;

    assertThatThrownBy(() -> records("/data", "{\"data\": [" + element + "]}"))
        .isInstanceOf(AnswerException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> records("/data", "{\"data\": [{\"id\": 1}, " + element + "]}"))
        .isInstanceOf(AnswerException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": [{\"id\": 1}]} {}",
        "{\"data\": [{\"id\": 1}]}\n{\"data\": [{\"id\": 2}]}",
        "{\"data\": [{\"id\": 1}]} null",
        "{\"data\": [{\"id\": 1}]}]",
        "{\"data\": [{\"id\": 1}]}<html>",
        "{\"data\": [{\"id\": 1}], }",
        "{\"data\": [{\"id\": 1},]}",
        "{\"data\": [{\"id\": 1}] \"more\": 1}"
      })
  void what_follows_the_records_must_be_the_rest_of_one_json_value(String body) {
    assertThatThrownBy(() -> records("/data", body)).isInstanceOf(AnswerException.class);
  }

  @Test
  void white_space_behind_the_answer_is_let_through() {
    assertThat(records("/data", " {\"data\": [{}]}\r\n\t ")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/data   | {\"data\": [{\"id\": 1}], \"data\": []}            | data",
        "/data   | {\"data\": [], \"x\": 1, \"data\": [{\"id\": 1}]}  | data",
        "/a/rows | {\"a\": {\"rows\": [], \"rows\": [{\"id\": 1}]}}   | rows",
        "/a/rows | {\"a\": {\"rows\": []}, \"a\": {\"rows\": [{}]}}   | a"
      })
  void an_answer_with_two_arrays_of_records_is_refused(String pointer, String body, String twice) {
    assertThatThrownBy(() -> records(pointer, body))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the answer has " + twice + " twice");
  }

  @Test
  void the_records_field_may_occur_again_at_another_level() {
    assertThat(records("/a/rows", "{\"a\": {\"rows\": [{}], \"a\": 1}, \"rows\": []}")).hasSize(1);
  }

  @Test
  void numbers_keep_their_value() {
    assertThat(
            records(
                "",
                "[{\"int\": 5, \"long\": 9223372036854775807, \"big\": 9223372036854775808,"
                    + " \"price\": 1.10, \"huge\": 1e400, \"tiny\": -1E-400}]"))
        .containsExactly(
            Map.of(
                "int", 5,
                "long", Long.MAX_VALUE,
                "big", new BigInteger("9223372036854775808"),
                "price", new BigDecimal("1.10"),
                "huge", new BigDecimal("1e400"),
                "tiny", new BigDecimal("-1e-400")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "007", "+1", "1.", ".5", "1e", "'x'"})
  void what_json_does_not_know_is_refused(String value) {
    assertThatThrownBy(() -> records("/data", "{\"data\": [{\"id\": " + value + "}]}"))
        .isInstanceOf(AnswerException.class)
        .hasMessageStartingWith("the answer is no valid JSON at line 1, column ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NaN | Non-standard token 'NaN'",
        "[1 | Unexpected close marker '}': expected ']'",
        "1e99999999999 | Value \"1e99999999999\" Too many nonzero exponent digits.",
        "/*x*/1 | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
        "+1 | Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs",
      })
  void what_is_no_json_is_told_with_its_place_and_without_advice_for_programmers(
      String value, String reason) {
    String body = "{\"data\":[{\"id\":1},\r\n {\"id\":2,\"v\":" + value + "},{\"id\":3}]}";

    assertThatThrownBy(() -> records("/data", body))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.trouble()).hasValue(Trouble.NO_JSON))
        .hasMessageMatching(
            "the answer is no valid JSON at line 2, column \\d+, near …?[^…]*\"v\":.*: "
                + Pattern.quote(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{\"id\":1},{\"v\":NaN},{\"id\":3}]}",
        "{\"data\":[{\"id\":1},null]}",
        "{\"data\":[{\"id\":1}],\"included\":[NaN]}",
      })
  void a_narrower_window_may_mend_what_is_no_json_from_the_records_on(String body) {
    assertThatThrownBy(() -> records("/data", body))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.trouble()).hasValue(Trouble.NO_JSON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>{\"data\":[{\"id\":1}]}",
        "{\"data\":[{\"id\":1},{\"id\"",
        "{\"data\":[",
        "{\"data\":[{\"id\":1}]",
        "{\"da",
        "{\"x\":NaN,\"data\":[]}",
        "{\"data\":[{\"id\":1}]}<html>",
        "{\"data\":[[1]]}",
        "{\"data\":[\"x\"]}",
        "{\"data\":\"NaN",
        ""
      })
  void nothing_mends_what_is_no_json_before_the_records_or_is_cut(String body) {
    assertThatThrownBy(() -> records("/data", body))
        .isInstanceOfSatisfying(AnswerException.class, e -> assertThat(e.trouble()).isEmpty());
  }

  @Test
  void lines_are_mended_once_there_was_one() {
    assertThatThrownBy(() -> Answers.lines("<html>\n"))
        .isInstanceOfSatisfying(AnswerException.class, e -> assertThat(e.trouble()).isEmpty());
    assertThatThrownBy(() -> Answers.lines("{\"id\":1}\n{\"id\":NaN}\n"))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.trouble()).hasValue(Trouble.NO_JSON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1e-99999999999"})
  void a_number_beyond_all_decimals_is_refused(String value) {
    assertThatThrownBy(() -> records("/data", "{\"data\": [{\"id\": " + value + "}]}"))
        .isInstanceOf(AnswerException.class);
  }

  @Test
  void a_million_characters_are_read() {
    String text = "ü".repeat(1_000_000);

    assertThat(records("", "[{\"text\": \"" + text + "\"}]")).containsExactly(Map.of("text", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\": [{\"x\": %s}]}", "{\"x\": %s, \"data\": []}", "%s"})
  void an_answer_10000_levels_deep_is_refused(String body) {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThatThrownBy(() -> records("/data", body.formatted(deep)))
        .isInstanceOf(AnswerException.class);
    assertThatThrownBy(() -> records("/data", "{\"data\": [], \"x\": " + deep + "}"))
        .isInstanceOf(AnswerException.class);
  }

  @Test
  void texts_are_utf_8() {
    assertThat(records("", "[{\"näme\": \"Zoë 😀 \\u00e9 \\uD83D\\uDE00 中\"}]"))
        .containsExactly(Map.of("näme", "Zoë 😀 é 😀 中"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"👍", "\\ud83d\\udc4d", "a\\uD83D\\uDC4D", "\\uD83D\\uDC4D\\uD83D\\uDE00z"})
  void keys_may_have_any_character_also_escaped(String key) {
    assertThat(
            records("/data", "{\"data\": [{\"id\": 1, \"%s\": {\"%s\": 3}}]}".formatted(key, key)))
        .singleElement()
        .satisfies(record -> assertThat(record.keySet().toString()).contains("👍"));
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() {
    byte[] latin1 = "[{\"name\": \"Zoë!\"}]".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> records("", latin1))
        .isInstanceOf(AnswerException.class)
        .hasMessageStartingWith("the answer is no valid JSON at line 1, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void an_empty_body_is_refused(String body) {
    assertThatThrownBy(() -> records("/data", body))
        .isInstanceOf(AnswerException.class)
        .hasMessageEndingWith("was empty");
    assertThatThrownBy(() -> records("", body))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the answer must be an array of records, was empty");
  }

  @Test
  void null_and_nested_values_are_kept() {
    assertThat(records("", "[{\"a\": null, \"b\": [1, {\"c\": true}]}]").get(0))
        .containsEntry("a", null)
        .containsEntry("b", List.of(1, Map.of("c", true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  \n\n"})
  void nothing_is_no_line(String blank) {
    assertThat(Answers.lines(blank)).isEmpty();
  }

  @Test
  void lines_are_records() {
    assertThat(Answers.lines("{\"id\":1}\n{\"id\":2}\r\n\n{\"id\":3}"))
        .extracting(record -> record.get("id"))
        .containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":1}\n{\"id\":", "{\"id\":1}\n7", "[{\"id\":1}]", "null"})
  void lines_that_are_cut_or_no_objects_are_refused(String body) {
    assertThatThrownBy(() -> Answers.lines(body)).isInstanceOf(AnswerException.class);
  }

  @Test
  void where_one_id_is_asked_an_object_is_its_record_and_null_is_none() {
    assertThat(Answers.one("", "{\"id\":1}")).hasSize(1);
    assertThat(Answers.one("", "null")).isEmpty();
    assertThat(Answers.one("", "[]")).isEmpty();
    assertThat(Answers.one("", "[{\"id\":1}]")).hasSize(1);
    assertThat(Answers.one("/data", "{\"data\":{\"id\":1},\"more\":2}")).hasSize(1);
    assertThat(Answers.one("/data", "{\"data\":null}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "\"x\"", "{\"id\":1}{\"id\":2}", "{\"id\":1", "null null"})
  void where_one_id_is_asked_anything_else_is_refused(String body) {
    assertThatThrownBy(() -> Answers.one("", body)).isInstanceOf(AnswerException.class);
  }

  @Test
  void behind_the_last_record_there_is_no_next() {
    RecordReader reader =
        new RecordReader(
            Answers.of("[{}]".getBytes(StandardCharsets.UTF_8)),
            Answers.format("", "json", false, 100));
    reader.next();

    assertThat(reader.hasNext()).isFalse();
    assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void behind_a_fault_there_is_no_next() {
    byte[] cut = Arrays.copyOf("[{\"id\": 1},{\"id\": 2}]".getBytes(StandardCharsets.UTF_8), 15);
    RecordReader reader = new RecordReader(Answers.of(cut), Answers.format("", "json", false, 100));
    reader.next();

    assertThatThrownBy(reader::next).isInstanceOf(AnswerException.class);
    assertThat(reader.hasNext()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e2", "1E2", "1E+02", "0.000000000000001", "100.00", "-0", "-0.0", "7"})
  void a_number_keeps_the_text_of_the_api(String number) throws Exception {
    Object value = records("", "[{\"n\": " + number + "}]").get(0).get("n");

    assertThat(value).hasToString(number);
    assertThat(new BigDecimal(value.toString())).isEqualTo(new BigDecimal(number));
    assertThat(new ObjectMapper().writeValueAsString(List.of(value))).isEqualTo("[" + number + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": 1, \"id\": 2}",
        "{\"id\": 1, \"id\": null}",
        "{\"b\": {\"c\": 1}, \"b\": {\"d\": 1}}",
        "{\"b\": {\"c\": 1}, \"b\": [7, 8]}",
        "{\"b\": {\"c\": 1}, \"b\": 5}",
        "{\"b\": {\"c\": {\"c\": 1e2}, \"d\": [{}]}, \"x\": {\"y\": [1.5, \"é\", {}]}}",
        "{\"b\": {\"0\": 1}, \"n\": -0, \"data\": [1e2, {\"b\": -0.0}]}",
        "{\"b\": [[1]], \"id\": 12345678901234567890, \"data\": \"\\ud83d\\ude00\\ud83d\"}"
      })
  void of_fields_of_the_same_name_the_last_counts_also_where_no_map_is_made(String record) {
    assertThat(records("", "\uFEFF [" + record + " ,\n" + record + "]")).hasSize(2);
  }
}
