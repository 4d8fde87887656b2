package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.sync.IdWindow;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static RequestSettings settings(String url, String startParam, String endParam) {
    return new RequestSettings(
        RequestSettings.parseUrl(url),
        startParam,
        endParam,
        SECOND,
        SECOND,
        1,
        RequestSettings.parsePointer("id", "/data"),
        RequestSettings.parsePointer("id", "id"),
        null,
        RequestSettings.parsePointer("head", "/max"));
  }

  private static RequestSettings settings(String url) {
    return settings(url, "start_id", "end_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:5001/incremental/step",
        "https://api.example.com",
        "http://[::1]:8080/users",
        "  https://api.example.com/users\n",
        "https://user:secret@api.example.com/users?key=value"
      })
  void http_and_https_are_taken(String url) {
    assertThat(settings(url).url()).hasToString(url.strip());
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.com/users, ftp://example.com/users",
    "file://host/etc/passwd, file://host/etc/passwd",
    "ftp://user:secret@example.com/users?key=secret, ftp://example.com/users"
  })
  void another_scheme_is_refused_and_secrets_are_not_shown(String url, String shown) {
    assertThatThrownBy(() -> settings(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url must be http://… or https://…, was " + shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api.example.com/users", "/users", "http:///users", "localhost:5001/users"})
  void a_url_without_scheme_or_host_is_refused(String url) {
    assertThatThrownBy(() -> settings(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url must be http://… or https://…, was ");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void a_url_and_both_parameters_must_be_set(String text) {
    assertThatThrownBy(() -> RequestSettings.parseUrl(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url must be set");
    assertThatThrownBy(() -> settings("http://localhost", text, "end_id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("startParam must be set");
    assertThatThrownBy(() -> settings("http://localhost", "start_id", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("endParam must be set");
  }

  @Test
  void a_text_that_is_no_url_is_refused_without_its_secrets() {
    assertThatThrownBy(() -> RequestSettings.parseUrl("http://user:secret@example.com/a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url must be a URL, was one with ")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void the_query_asks_for_the_window() {
    assertThat(settings("http://localhost/users").query(new IdWindow(1, 1000)))
        .isEqualTo("start_id=1&end_id=1000");
    assertThat(settings("http://localhost", "from", "to").query(new IdWindow(0, Long.MAX_VALUE)))
        .isEqualTo("from=0&to=9223372036854775807");
  }

  @Test
  void the_names_of_the_parameters_are_encoded() {
    assertThat(settings("http://localhost", "id[from]", "a&b=ü").query(new IdWindow(1, 2)))
        .isEqualTo("id%5Bfrom%5D=1&a%26b%3D%C3%BC=2");
  }

  @Test
  void the_urls_own_query_is_kept_as_it_is_written() {
    RequestSettings settings = settings("http://localhost/users?region=a%26b&x=%C3%BC+1");

    assertThat(settings.query(new IdWindow(1, 2)))
        .isEqualTo("region=a%26b&x=%C3%BC+1&start_id=1&end_id=2");
    assertThat(settings.endpoint()).isEqualTo("http://localhost/users");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, http://localhost",
    "http://127.0.0.1:5001/incremental/step, http://127.0.0.1:5001/incremental/step",
    "https://user:secret@api.example.com/users, https://api.example.com/users",
    "https://user@api.example.com:8443/users?key=secret, https://api.example.com:8443/users",
    "http://[::1]:8080/a%20b?key=secret, http://[::1]:8080/a%20b"
  })
  void the_shown_url_has_neither_user_nor_query(String url, String shown) {
    assertThat(settings(url).shownUrl()).isEqualTo(shown);
  }

  @Test
  void a_bare_name_is_a_pointer_to_a_field() {
    assertThat(RequestSettings.parsePointer("id", "id")).hasToString("/id");
    assertThat(RequestSettings.parsePointer("id", "/a/id")).hasToString("/a/id");
    assertThat(RequestSettings.parsePointer("id", "").matches()).isTrue();
  }
}
