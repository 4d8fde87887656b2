package io.stepsync;

import io.stepsync.http.AuthSettings;
import java.util.HashMap;
import java.util.Map;

/** The settings of a {@link Stream} that say how stepsync shows the API who it is. */
abstract class AuthOptions {

  private String auth = "none";
  private final Map<String, String> values = new HashMap<>(Map.of("apiKeyIn", "header"));

  /** What is shown: none, basic, bearer, apiKey or oauth2ClientCredentials. Default none. */
  public void setAuth(String auth) {
    this.auth = auth;
  }

  /** The user, with basic. */
  public void setUsername(String username) {
    values.put("username", username);
  }

  /** The user's password, with basic. */
  public void setPassword(String password) {
    values.put("password", password);
  }

  /** The token, with bearer. */
  public void setToken(String token) {
    values.put("token", token);
  }

  /** The name of the header or the query parameter for the key, with apiKey. */
  public void setApiKeyName(String apiKeyName) {
    values.put("apiKeyName", apiKeyName);
  }

  /** Where the key goes, with apiKey: header or query. Default header. */
  public void setApiKeyIn(String apiKeyIn) {
    values.put("apiKeyIn", apiKeyIn);
  }

  /** The key, with apiKey. */
  public void setApiKey(String apiKey) {
    values.put("apiKey", apiKey);
  }

  /** Where access tokens come from, with oauth2ClientCredentials. */
  public void setTokenUrl(String tokenUrl) {
    values.put("tokenUrl", tokenUrl);
  }

  /** The client's ID, with oauth2ClientCredentials. */
  public void setClientId(String clientId) {
    values.put("clientId", clientId);
  }

  /** The client's secret, with oauth2ClientCredentials. */
  public void setClientSecret(String clientSecret) {
    values.put("clientSecret", clientSecret);
  }

  /** The scope to ask for, with oauth2ClientCredentials. Default none. */
  public void setScope(String scope) {
    values.put("scope", scope);
  }

  final AuthSettings auth() {
    return AuthSettings.parse(auth, values);
  }
}
