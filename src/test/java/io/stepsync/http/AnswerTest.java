package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
  @ValueSource(ints = {0, 100, 201, 204, 206, 301, 302, 304, 400, 404, 429, 500, 503})
  void any_status_but_200_is_refused_with_the_start_of_the_body(int status) {
    assertThatThrownBy(() -> Answers.read(status, JSON, body(" {\"data\": []}\n"), 100))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the API answered /records with status " + status + ": {\"data\": []}");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=utf-8",
        "application/json ; charset=UTF-8",
        "Application/JSON",
        "text/json",
        "application/vnd.api+json",
        "application/problem+json; charset=utf-8"
      })
  void json_or_no_type_at_all_is_let_through(String contentType) throws IOException {
    assertThat(Answers.read(200, contentType, body("[]"), 100).length()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/html",
        "text/html; profile=application/json",
        "text/plain",
        "application/xml",
        "application/jsonp",
        "application/json-seq",
        "text/csv"
      })
  void any_other_type_is_refused_with_the_start_of_the_body(String contentType) {
    assertThatThrownBy(() -> Answers.read(200, contentType, body("<html>Log in"), 100))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the answer must be JSON, was " + contentType + ": <html>Log in");
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

    assertThatThrownBy(() -> Answer.requireStatus200(reply))
        .hasMessage("the API answered /records with status 403: t*ken is no good");
  }

  @Test
  void a_refusal_tells_how_long_to_wait() {
    assertThatThrownBy(() -> Answer.requireStatus200(Answers.reply(429, JSON, "7", null)))
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
