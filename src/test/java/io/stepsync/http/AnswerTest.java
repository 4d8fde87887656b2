package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  private static final String JSON = "application/json";

  private static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 202, 204, 205, 206, 226, 301, 302, 304, 400, 404, 429, 500, 503})
  void any_status_but_a_whole_answers_is_refused_with_the_start_of_the_body(int status) {
    assertThatThrownBy(() -> Answers.read(status, JSON, body(" {\"data\": []}\n"), 100))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the API answered /records with status " + status + ": {\"data\": []}");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 203})
  void a_whole_answer_is_let_through(int status) throws IOException {
    assertThat(Answers.read(status, JSON, body("[]"), 100).length()).isEqualTo(2);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "application/json;charset=utf-8",
        "application/vnd.api+json",
        "text/html; profile=application/json",
        "text/plain;charset=",
        "text/plain;charset=\u2028",
        "text/plain; charset=of-mine",
        "application/octet-stream",
        "text/csv"
      })
  void of_whatever_type_json_is_an_answer(String contentType) throws IOException {
    assertThat(Answers.read(200, contentType, body("[\"é\"]"), 100).length()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json", "application/xml", ""})
  void a_page_is_refused_with_its_start(String contentType) {
    assertThatThrownBy(() -> Answers.read(200, contentType, body("\n <html>Log in"), 100))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the answer must be JSON, was " + contentType + ": <html>Log in");
  }

  @Test
  void a_page_without_a_type_is_refused_with_its_start() {
    assertThatThrownBy(() -> Answers.read(200, null, body("<html>Log in"), 100))
        .hasMessage("the answer must be JSON, was <html>Log in");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json; charset=ISO-8859-1, ISO-8859-1",
    "text/plain;Charset=\"windows-1252\", windows-1252",
    "application/json; charset=Shift_JIS, Shift_JIS",
    "application/json; charset=utf-16, UTF-16",
    "application/json, UTF-32"
  })
  void a_body_is_read_in_the_charset_of_its_header(String contentType, String charset)
      throws IOException {
    String text = charset.equals("Shift_JIS") ? "ソシ" : "Zoë";
    byte[] bytes = ("[{\"name\":\"" + text + "\"}]").getBytes(Charset.forName(charset));

    Answer answer = Answers.read(200, contentType, new ByteArrayInputStream(bytes), 1000);

    assertThat(answer.tree().at("/0/name").textValue()).isEqualTo(text);
  }

  @Test
  void a_byte_that_stands_for_nothing_may_be_in_one_record() {
    InputStream body = new ByteArrayInputStream(new byte[] {'[', '"', (byte) 0x81, '"', ']'});

    assertThatThrownBy(() -> Answers.read(200, "text/plain; charset=windows-1252", body, 100))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> assertThat(e.trouble()).hasValue(AnswerException.Trouble.NO_JSON))
        .hasMessageStartingWith("the answer must be windows-1252, as its header says: ");
  }

  @Test
  void of_a_long_body_200_bytes_are_shown() {
    assertThatThrownBy(() -> Answers.read(500, JSON, body("x".repeat(100_000)), 1_000_000))
        .hasMessage("the API answered /records with status 500: " + "x".repeat(200));
  }

  @Test
  void a_blank_body_is_not_shown() {
    assertThatThrownBy(() -> Answers.read(500, JSON, body(" \r\n"), 100))
        .hasMessage("the API answered /records with status 500");
    assertThatThrownBy(() -> Answers.read(500, JSON, null, 100))
        .hasMessage("the API answered /records with status 500");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "999, 1000", "1000, 1000"})
  void a_body_up_to_the_limit_is_read(int length, int limit) throws IOException {
    assertThat(Answers.read(200, JSON, body("x".repeat(length)), limit).length()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100_000})
  void a_body_over_the_limit_is_refused(int over) {
    assertThatThrownBy(() -> Answers.read(200, JSON, body("x".repeat(1000 + over)), 1000))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the answer must be at most 1000 bytes, was longer");
  }

  @Test
  void the_limit_counts_bytes_and_not_characters() {
    assertThatThrownBy(() -> Answers.read(200, JSON, body("é".repeat(51)), 100))
        .isInstanceOf(AnswerException.class);
  }

  @Test
  void of_an_endless_body_no_more_than_a_byte_over_the_limit_is_taken() {
    InputStream endless =
        new InputStream() {
          private int taken;

          @Override
          public int read() {
            if (++taken > 1001) {
              throw new AssertionError("over the limit");
            }
            return '[';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            if (length == 0) {
              return 0;
            }
            bytes[offset] = (byte) read();
            return 1;
          }
        };

    assertThatThrownBy(() -> Answers.read(200, JSON, endless, 1000))
        .isInstanceOf(AnswerException.class);
  }

  @Test
  void a_body_that_drips_is_cut_at_the_answer_timeout() {
    InputStream dripping =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = ' ';
            return 1;
          }
        };
    RequestSettings settings =
        Answers.settings(
            Answers.format("", "json", false, Integer.MAX_VALUE), Duration.ofMillis(20));

    assertThatThrownBy(() -> Answer.read(Answers.reply(200, JSON, null, dripping), settings))
        .isInstanceOf(AnswerException.class)
        .hasMessageStartingWith("the answer must be whole after answerTimeout (20 ms), but only ");
  }

  @Test
  void a_secret_that_the_api_repeats_is_masked() {
    Reply reply =
        new Reply(
            403, "/records", JSON, null, body("t0ken is no good"), text -> text.replace("0", "*"));

    assertThatThrownBy(() -> Answer.requireWhole(reply))
        .hasMessage("the API answered /records with status 403: t*ken is no good");
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 403, 429})
  void a_refusal_tells_how_long_to_wait(int status) {
    assertThatThrownBy(() -> Answer.requireWhole(Answers.reply(status, JSON, "7", null)))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.mayPass()).isTrue();
              assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(7));
            });
  }

  @Test
  void no_body_is_an_empty_answer() throws IOException {
    assertThat(Answers.read(200, JSON, null, 100).length()).isZero();
  }
}
