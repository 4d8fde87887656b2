package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.window.IdWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTemplateTest {

  private static final IdWindow WINDOW = new IdWindow(11, 20);

  private static RequestTemplate get(String url, String start, String end, String limit) {
    return RequestTemplate.parse("GET", url, start, end, limit, true, true, null, null, null);
  }

  private static RequestTemplate get(String url) {
    return get(url, null, null, null);
  }

  private static RequestTemplate post(String body, String headers) {
    return RequestTemplate.parse(
        "POST", "http://localhost", null, null, null, true, true, null, headers, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@api.example.com/users?key=value",
        "https://user@api.example.com/users",
        "http://@api.example.com/users"
      })
  void a_user_in_a_url_is_refused_and_not_shown(String url) {
    assertThatThrownBy(() -> get(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url must have no user in it, auth=basic shows one; was http")
        .hasMessageEndingWith("://api.example.com/users");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:5001/incremental/step",
        "https://api.example.com",
        "http://[::1]:8080/users",
        "  https://api.example.com/users\n",
        "https://api.example.com/users?key=value"
      })
  void http_and_https_are_taken(String url) {
    assertThat(get(url).url()).hasToString(url.strip());
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.com/users, ftp://example.com/users",
    "file://host/etc/passwd, file://host/etc/passwd",
    "ftp://user:secret@example.com/users?key=secret, ftp://example.com/users"
  })
  void another_scheme_is_refused_and_secrets_are_not_shown(String url, String shown) {
    assertThatThrownBy(() -> get(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url must be http://… or https://…, was " + shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api.example.com/users", "/users", "http:///users", "localhost:5001/users"})
  void a_url_without_scheme_or_host_is_refused(String url) {
    assertThatThrownBy(() -> get(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url must be http://… or https://…, was ");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void a_url_must_be_set(String text) {
    assertThatThrownBy(() -> get(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url must be set");
  }

  @Test
  void a_text_that_is_no_url_is_refused_without_its_secrets() {
    assertThatThrownBy(() -> get("http://user:secret@example.com/a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url must be a URL, was one with ")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void the_query_asks_for_the_window() {
    assertThat(get("http://localhost/users").query(new IdWindow(1, 1000)))
        .isEqualTo("start_id=1&end_id=1000");
    assertThat(get("http://localhost", "from", "to", null).query(new IdWindow(0, Long.MAX_VALUE)))
        .isEqualTo("from=0&to=9223372036854775807");
  }

  @Test
  void the_names_of_the_parameters_are_encoded() {
    assertThat(get("http://localhost", "id[from]", "a&b=ü", null).query(new IdWindow(1, 2)))
        .isEqualTo("id%5Bfrom%5D=1&a%26b%3D%C3%BC=2");
  }

  @Test
  void the_urls_own_query_is_kept_as_it_is_written() {
    RequestTemplate template = get("http://localhost/users?region=a%26b&x=%C3%BC+1");

    assertThat(template.query(new IdWindow(1, 2)))
        .isEqualTo("region=a%26b&x=%C3%BC+1&start_id=1&end_id=2");
    assertThat(template.endpoint(WINDOW)).isEqualTo("http://localhost/users");
  }

  @Test
  void more_of_a_query_comes_before_the_parameters() {
    RequestTemplate template =
        RequestTemplate.parse(
            "GET",
            "http://localhost?a=1",
            null,
            null,
            null,
            true,
            true,
            "sort=id&n={limit}",
            null,
            null);

    assertThat(template.query(WINDOW)).isEqualTo("a=1&sort=id&n=10&start_id=11&end_id=20");
    assertThat(template.isOpenEnded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost/users/{start}-{end}, http://localhost/users/11-20, ''",
    "http://localhost/users?range={start}..{end}, http://localhost/users, range=11..20",
    "http://localhost/users/{start}?n={limit}, http://localhost/users/11, n=10"
  })
  void placeholders_stand_for_the_window(String url, String endpoint, String query) {
    assertThat(get(url).endpoint(WINDOW)).isEqualTo(endpoint);
    assertThat(get(url).query(WINDOW)).isEqualTo(query);
    assertThat(get(url).isSingle()).isFalse();
  }

  @Test
  void bounds_that_are_exclusive_are_the_ids_beside_the_window() {
    RequestTemplate exclusive =
        RequestTemplate.parse(
            "GET", "http://localhost", null, null, null, false, false, null, null, null);

    assertThat(exclusive.query(WINDOW)).isEqualTo("start_id=10&end_id=21");
    assertThat(exclusive.query(new IdWindow(1, Long.MAX_VALUE)))
        .isEqualTo("start_id=0&end_id=9223372036854775808");
  }

  @Test
  void a_request_with_a_limit_and_no_end_is_open_ended() {
    RequestTemplate since = get("http://localhost", "since_id", null, "limit");

    assertThat(since.isOpenEnded()).isTrue();
    assertThat(since.isSingle()).isFalse();
    assertThat(since.query(WINDOW)).isEqualTo("since_id=11&limit=10");
    assertThat(get("http://localhost", null, "", "limit").isOpenEnded()).isTrue();
    assertThat(get("http://localhost", null, "end_id", "limit").isOpenEnded()).isFalse();
  }

  @Test
  void a_request_with_nothing_but_a_start_asks_for_one_id() {
    RequestTemplate item = get("http://localhost/item/{start}.json");

    assertThat(item.isSingle()).isTrue();
    assertThat(item.query(new IdWindow(7, 7))).isEmpty();
    assertThat(item.endpoint(new IdWindow(7, 7))).isEqualTo("http://localhost/item/7.json");
    assertThat(get("http://localhost", "id", "", null).isSingle()).isTrue();
  }

  @Test
  void the_body_of_a_post_has_placeholders() {
    RequestTemplate template = post("{\"ids\":{\"from\":{start},\"to\":{end}}}", null);

    assertThat(template.body(WINDOW)).isEqualTo("{\"ids\":{\"from\":11,\"to\":20}}");
    assertThat(template.query(WINDOW)).isEmpty();
    assertThat(get("http://localhost").body(WINDOW)).isNull();
  }

  @Test
  void headers_are_lines() {
    assertThat(post("{start}{end}", "Accept: a: b\n\n X-Key :  v ").headers())
        .hasSize(2)
        .containsEntry("Accept", "a: b")
        .containsEntry("X-Key", "v");
  }

  @ParameterizedTest
  @CsvSource({
    "secret, 'headers must be lines of name: value, was another'",
    ": secret, 'headers must be lines of name: value, was another'",
    "'X Y: secret', 'headers must be lines of name: value, was another'",
    "'X: a\u0007secret', 'headers must have each name once, and values in Latin-1 without control characters, was X'"
  })
  void a_wrong_header_is_refused_without_its_value(String headers, String message) {
    assertThatThrownBy(() -> post("{start}{end}", headers)).hasMessage(message);
  }

  @Test
  void wrong_requests_are_refused() {
    assertThatThrownBy(() -> get("http://localhost", "a", "a", null))
        .hasMessage("endParam must not be startParam, was a");
    assertThatThrownBy(() -> get("http://localhost?start_id=1"))
        .hasMessage("url must not have startParam in its query: start_id");
    assertThatThrownBy(() -> get("http://localhost", "", "b", null))
        .hasMessage("startParam must be set, or {start} be in url, query or body");
    assertThatThrownBy(
            () ->
                RequestTemplate.parse(
                    "PUT", "http://localhost", null, null, null, true, true, null, null, null))
        .hasMessage("method must be GET or POST, was PUT");
    assertThatThrownBy(
            () ->
                RequestTemplate.parse(
                    "GET", "http://localhost", null, null, null, true, true, null, null, "x"))
        .hasMessage("body must not be set where method is GET");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, http://localhost",
    "http://127.0.0.1:5001/incremental/step, http://127.0.0.1:5001/incremental/step",
    "https://api.example.com:8443/users?key=secret, https://api.example.com:8443/users",
    "http://[::1]:8080/a%20b?key=secret, http://[::1]:8080/a%20b",
    "http://localhost/item/{start}.json, http://localhost/item/{start}.json"
  })
  void the_shown_url_has_no_query(String url, String shown) {
    assertThat(get(url).shownUrl()).isEqualTo(shown);
    assertThat(get(url)).hasToString("GET " + shown);
  }
}
