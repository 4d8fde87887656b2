package io.stepsync;

import io.stepsync.http.AuthSettings;
import java.util.HashMap;
import java.util.Map;

/** The settings of a {@link Stream} that say how stepsync shows the API who it is. */
abstract class AuthOptions {

  private String auth = "none";
  private final Map<String, String> values = new HashMap<>(Map.of("apiKeyIn", "header"));

  /**
   * What is shown: {@code none}; {@code basic}, username and password; {@code bearer}, a token;
   * {@code apiKey}, in a header or the query; or {@code oauth2ClientCredentials}, an access token
   * that is asked for at tokenUrl. Default none.
   */
  public void setAuth(String auth) {
    this.auth = auth;
  }

  /** The user. Required with {@code basic}. */
  public void setUsername(String username) {
    values.put("username", username);
  }

  /** The user's password. Required with {@code basic}. */
  public void setPassword(String password) {
    values.put("password", password);
  }

  /** The token. Required with {@code bearer}. */
  public void setToken(String token) {
    values.put("token", token);
  }

  /** The name of the header or the query parameter for the key. Required with {@code apiKey}. */
  public void setApiKeyName(String apiKeyName) {
    values.put("apiKeyName", apiKeyName);
  }

  /** Where the key goes, with apiKey: {@code header} or {@code query}. Default header. */
  public void setApiKeyIn(String apiKeyIn) {
    values.put("apiKeyIn", apiKeyIn);
  }

  /** The key. Required with {@code apiKey}. */
  public void setApiKey(String apiKey) {
    values.put("apiKey", apiKey);
  }

  /**
   * Where access tokens come from, http or https. Required with {@code oauth2ClientCredentials}.
   */
  public void setTokenUrl(String tokenUrl) {
    values.put("tokenUrl", tokenUrl);
  }

  /** The client's ID. Required with {@code oauth2ClientCredentials}. */
  public void setClientId(String clientId) {
    values.put("clientId", clientId);
  }

  /** The client's secret. Required with {@code oauth2ClientCredentials}. */
  public void setClientSecret(String clientSecret) {
    values.put("clientSecret", clientSecret);
  }

  /** The scope to ask for, with {@code oauth2ClientCredentials}. Default none. */
  public void setScope(String scope) {
    values.put("scope", scope);
  }

  final AuthSettings auth() {
    return AuthSettings.parse(auth, values);
  }
}
