package io.stepsync.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How stepsync shows the API who it is.
 *
 * <p>Immutable. It never shows its secrets by itself.
 *
 * @param kind what is shown
 * @param name the user of BASIC, the name of the header or query parameter of API_KEY, the client
 *     of OAUTH2_CLIENT_CREDENTIALS; null for the others
 * @param secret the password, token, key or client secret; null for NONE
 * @param inQuery whether an API_KEY is in the query, and not in a header
 * @param tokenUrl where OAUTH2_CLIENT_CREDENTIALS has its access tokens from; null for the others
 * @param scope the scope that it asks for there; null for none
 */
public record AuthSettings(
    Kind kind, String name, String secret, boolean inQuery, URI tokenUrl, String scope) {

  /** What is shown. */
  public enum Kind {
    /** Nothing. */
    NONE("none"),
    /** User and password, RFC 7617. */
    BASIC("basic"),
    /** A token that was given once, RFC 6750. */
    BEARER("bearer"),
    /** A key in a header, or in the query. */
    API_KEY("apiKey"),
    /** An access token that is asked for with the client's ID and secret, RFC 6749, 4.4. */
    OAUTH2_CLIENT_CREDENTIALS("oauth2ClientCredentials");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    static Kind parse(String text) {
      return Arrays.stream(values())
          .filter(kind -> kind.text.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "auth must be none, basic, bearer, apiKey or oauth2ClientCredentials, was "
                          + text));
    }
  }

  /** What would be shown to nobody with another. */
  private static final Map<String, Kind> OF_KIND =
      new TreeMap<>(
          Map.of(
              "username", Kind.BASIC,
              "password", Kind.BASIC,
              "token", Kind.BEARER,
              "apiKeyName", Kind.API_KEY,
              "apiKey", Kind.API_KEY,
              "tokenUrl", Kind.OAUTH2_CLIENT_CREDENTIALS,
              "clientId", Kind.OAUTH2_CLIENT_CREDENTIALS,
              "clientSecret", Kind.OAUTH2_CLIENT_CREDENTIALS,
              "scope", Kind.OAUTH2_CLIENT_CREDENTIALS));

  /** Nothing is shown. */
  public static final AuthSettings NONE =
      new AuthSettings(Kind.NONE, null, null, false, null, null);

  /**
   * Reads the settings as they are written in a stream.
   *
   * @param values all others than {@code auth}, by their names; null where one is not set
   * @throws IllegalArgumentException naming the setting and its rule; never a secret
   */
  public static AuthSettings parse(String auth, Map<String, String> values) {
    Kind kind = Kind.parse(auth);
    OF_KIND.forEach((setting, owner) -> requireKind(kind, owner, setting, values.get(setting)));
    return switch (kind) {
      case NONE -> NONE;
      case BASIC -> of(kind, values, "username", "password");
      case BEARER -> of(kind, values, null, "token");
      case API_KEY -> of(kind, values, "apiKeyName", "apiKey").in(values.get("apiKeyIn"));
      case OAUTH2_CLIENT_CREDENTIALS ->
          of(kind, values, "clientId", "clientSecret")
              .with(Urls.parse("tokenUrl", values.get("tokenUrl")), values.get("scope"));
    };
  }

  private static void requireKind(Kind kind, Kind owner, String setting, String value) {
    if (kind != owner && value != null && !value.isEmpty()) {
      throw new IllegalArgumentException(
          "auth must be %s where %s is set, was %s".formatted(owner.text, setting, kind.text));
    }
  }

  private static AuthSettings of(
      Kind kind, Map<String, String> values, String name, String secret) {
    return new AuthSettings(
        kind,
        name == null ? null : required(kind, values, name),
        required(kind, values, secret),
        false,
        null,
        null);
  }

  private static String required(Kind kind, Map<String, String> values, String setting) {
    String value = values.get(setting);
    if (value == null || value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          setting + " must be set, without control characters, where auth is " + kind.text);
    }
    if (kind == Kind.BEARER) {
      HeaderText.require(setting, value);
      if (value.strip().toLowerCase(Locale.ROOT).startsWith("bearer ")) {
        throw new IllegalArgumentException(
            setting + " must be without the word Bearer, which auth=bearer sends before it");
      }
    }
    return value;
  }

  private AuthSettings in(String place) {
    if (!place.equals("header") && !place.equals("query")) {
      throw new IllegalArgumentException("apiKeyIn must be header or query, was " + place);
    }
    if (place.equals("header")) {
      HeaderText.requireName("apiKeyName", name);
      HeaderText.require("apiKey", secret);
    }
    return new AuthSettings(kind, name, secret, place.equals("query"), null, null);
  }

  private AuthSettings with(URI url, String tokenScope) {
    Urls.requireHttp("tokenUrl", url);
    return new AuthSettings(kind, name, secret, false, url, tokenScope);
  }

  /** Tells whether an access token must be asked for. */
  public boolean needsToken() {
    return kind == Kind.OAUTH2_CLIENT_CREDENTIALS;
  }

  /**
   * Returns the headers that show it.
   *
   * @param accessToken where one is needed; null elsewhere
   */
  public Map<String, String> headers(String accessToken) {
    return switch (kind) {
      case NONE -> Map.of();
      case BASIC -> Map.of("Authorization", basic());
      case BEARER -> Map.of("Authorization", "Bearer " + secret);
      case API_KEY -> inQuery ? Map.of() : Map.of(name, secret);
      case OAUTH2_CLIENT_CREDENTIALS -> Map.of("Authorization", "Bearer " + accessToken);
    };
  }

  /** Returns name and secret as RFC 7617 has them in a header. */
  public String basic() {
    byte[] pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Returns what is to be added to the query; empty for nothing. */
  public String query() {
    return inQuery ? Urls.encoded(name) + "=" + Urls.encoded(secret) : "";
  }

  /** Returns the body that asks for an access token. */
  public String tokenRequest() {
    return "grant_type=client_credentials" + (scope == null ? "" : "&scope=" + Urls.encoded(scope));
  }

  /** Returns what must not be shown. */
  List<String> secrets() {
    return secret == null ? List.of() : List.of(secret, basic().substring("Basic ".length()));
  }

  @Override
  public String toString() {
    return Objects.toString(kind).toLowerCase(Locale.ROOT);
  }
}
