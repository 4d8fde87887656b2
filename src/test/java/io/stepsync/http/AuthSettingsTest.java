package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthSettingsTest {

  private static AuthSettings auth(String kind, String... namesAndValues) {
    Map<String, String> values = new HashMap<>(Map.of("apiKeyIn", "header"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return AuthSettings.parse(kind, values);
  }

  private static final String[] CLIENT = {
    "clientId", "me", "clientSecret", "s3cret", "tokenUrl", "https://login/token"
  };

  @Test
  void basic_is_user_and_password() {
    assertThat(auth("basic", "username", "Aladdin", "password", "open sesame").headers(null))
        .isEqualTo(Map.of("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
  }

  @Test
  void bearer_is_a_token() {
    assertThat(auth("bearer", "token", "t0ken").headers(null))
        .isEqualTo(Map.of("Authorization", "Bearer t0ken"));
  }

  @Test
  void a_key_goes_into_a_header_or_into_the_query() {
    AuthSettings header = auth("apiKey", "apiKeyName", "X-Key", "apiKey", "k&y");
    AuthSettings query =
        auth("apiKey", "apiKeyName", "a key", "apiKey", "k&y", "apiKeyIn", "query");

    assertThat(header.headers(null)).isEqualTo(Map.of("X-Key", "k&y"));
    assertThat(header.query()).isEmpty();
    assertThat(query.headers(null)).isEmpty();
    assertThat(query.query()).isEqualTo("a+key=k%26y");
  }

  @Test
  void client_credentials_are_changed_into_a_token() {
    AuthSettings auth = auth("oauth2ClientCredentials", CLIENT);

    assertThat(auth.needsToken()).isTrue();
    assertThat(auth.tokenUrl()).hasToString("https://login/token");
    assertThat(auth.basic()).isEqualTo("Basic bWU6czNjcmV0");
    assertThat(auth.tokenRequest()).isEqualTo("grant_type=client_credentials");
    assertThat(auth.headers("abc")).isEqualTo(Map.of("Authorization", "Bearer abc"));
  }

  @Test
  void nothing_is_shown_where_nothing_is_set() {
    assertThat(AuthSettings.NONE.headers(null)).isEmpty();
    assertThat(AuthSettings.NONE.query()).isEmpty();
    assertThat(AuthSettings.NONE.secrets()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "basic, username, password",
    "bearer, token, token",
    "apiKey, apiKeyName, apiKey",
    "oauth2ClientCredentials, clientId, clientSecret"
  })
  void what_a_kind_needs_must_be_set(String kind, String first, String second) {
    assertThatThrownBy(() -> auth(kind))
        .hasMessage(first + " must be set, without control characters, where auth is " + kind);
    assertThatThrownBy(() -> auth(kind, first, "a", second, "b\nX-Other: c"))
        .hasMessage(second + " must be set, without control characters, where auth is " + kind);
  }

  @Test
  void another_kind_or_place_or_url_is_refused() {
    assertThatThrownBy(() -> auth("digest"))
        .hasMessage(
            "auth must be none, basic, bearer, apiKey or oauth2ClientCredentials, was digest");
    assertThatThrownBy(() -> auth("apiKey", "apiKeyName", "k", "apiKey", "v", "apiKeyIn", "cookie"))
        .hasMessage("apiKeyIn must be header or query, was cookie");
    assertThatThrownBy(() -> auth("oauth2ClientCredentials", "clientId", "a", "clientSecret", "b"))
        .hasMessage("tokenUrl must be set");
  }

  @Test
  void secrets_are_masked_in_any_form_and_not_shown() {
    AuthSettings auth = auth("basic", "username", "me", "password", "p&ss");

    assertThat(Secrets.of(auth.secrets()).masked("p&ss, p%26ss and " + auth.basic()))
        .isEqualTo("***, *** and Basic ***");
    assertThat(auth).hasToString("basic");
  }
}
