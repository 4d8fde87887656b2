package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class DemoApiLifeTest {
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  @Test
  void the_url_names_the_port_that_was_free() {
    try (DemoApi api = start(0)) {
      assertThat(api.port()).isPositive();
      assertThat(api.url())
          .isEqualTo(URI.create("http://127.0.0.1:" + api.port() + "/incremental/step"));
    }
  }

  @Test
  void a_taken_port_is_refused_with_a_way_out() {
    try (DemoApi first = start(0)) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> start(first.port()))
          .withMessage(
              "stepsync.demo.port %d is in use; set another or stepsync.demo.enabled=false",
              first.port())
          .withCauseInstanceOf(BindException.class);
    }
  }

  @Test
  void a_port_is_free_again_after_closing() {
    DemoApi first = start(0);
    first.close();

    assertThatCode(() -> start(first.port()).close()).doesNotThrowAnyException();
  }

  @Test
  void closing_again_does_nothing() {
    DemoApi api = start(0);
    api.close();

    assertThatCode(api::close).doesNotThrowAnyException();
  }

  @Test
  void nobody_answers_after_closing() {
    DemoApi api = start(0);
    api.close();

    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> ask(api, 1));
  }

  @Test
  void closing_cuts_an_answer_off_so_that_its_reader_notices() throws Exception {
    DemoApi api = start(0);
    try (InputStream answer = ask(api, Long.MAX_VALUE)) {
      assertThat(answer.read()).isEqualTo('{');
      api.close();

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> answer.transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void a_choice_of_the_user_about_tcp_delays_is_kept() {
    String before = System.getProperty(NO_DELAY);
    try {
      System.setProperty(NO_DELAY, "false");
      start(0).close();
      assertThat(System.getProperty(NO_DELAY)).isEqualTo("false");

      System.clearProperty(NO_DELAY);
      start(0).close();
      assertThat(System.getProperty(NO_DELAY)).isEqualTo("true");
    } finally {
      System.setProperty(NO_DELAY, before == null ? "true" : before);
    }
  }

  private static DemoApi start(int port) {
    return DemoApi.start(new DemoSettings(port, Long.MAX_VALUE, 0, 0));
  }

  private static InputStream ask(DemoApi api, long endId) throws Exception {
    URI url = URI.create(api.url() + "?start_id=1&end_id=" + endId);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofInputStream())
        .body();
  }
}
