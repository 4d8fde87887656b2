package io.stepsync.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** URLs of a stream's settings, with placeholders such as {@code {start}} in them. */
final class Urls {

  private static final Pattern SECRET =
      Pattern.compile(
          "auth|token|key|secret|passw|session|credential|signature", Pattern.CASE_INSENSITIVE);

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z_]+}");

  private Urls() {}

  /**
   * Reads the value of a setting.
   *
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  static URI parse(String setting, String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(setting + " must be set");
    }
    try {
      return new URI(encodedPlaceholders(text.strip()));
    } catch (URISyntaxException e) {
      // The cause would show the whole of it, and with it what may be secret.
      throw new IllegalArgumentException(
          setting + " must be a URL, was one with " + e.getReason() + instead(text.strip(), e));
    }
  }

  /** What is told is a character, and not what stands around it. */
  private static String instead(String text, URISyntaxException fault) {
    String encoded = encodedPlaceholders(text);
    int at = fault.getIndex();
    if (!fault.getReason().startsWith("Illegal character") || at < 0 || at >= encoded.length()) {
      return " at " + at;
    }
    String character = encoded.substring(at, encoded.offsetByCodePoints(at, 1));
    if (fault.getReason().contains("scheme")) {
      return " at " + at + ": it must begin with http:// or https://";
    }
    Matcher placeholder = PLACEHOLDER.matcher(encoded).region(at, encoded.length());
    if (placeholder.lookingAt()) {
      return " at " + at + ": " + placeholder.group() + " is none of {start}, {end} and {limit}";
    }
    String shown = character.isBlank() ? "a blank" : ShownText.harmless(character);
    return " at %d: for %s say %s".formatted(at, shown, encoded(character).replace("+", "%20"));
  }

  private static String encodedPlaceholders(String text) {
    return text.replaceAll("\\{(start|end|limit)\\}", "%7B$1%7D");
  }

  static String decodedPlaceholders(String text) {
    return text.replaceAll("%7B(start|end|limit)%7D", "{$1}");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String withoutQuery(URI url) {
    return url.toString().split("[?#]", 2)[0];
  }

  static String shown(URI url) {
    String authority = url.getRawAuthority();
    if (authority == null) {
      String named = url.getScheme() == null ? shownPath(url) : url.getScheme() + ":…";
      return named.isEmpty() || named.contains("@") ? "one without a scheme" : named;
    }
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return url.getScheme() + "://" + host + shownPath(url);
  }

  private static String shownPath(URI url) {
    return url.getRawPath() == null ? "" : decodedPlaceholders(url.getRawPath());
  }

  static void requireHttp(String setting, URI url) {
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    if (url.getRawAuthority() == null || !(http || "https".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException(
          setting + " must be http://… or https://…, was " + shown(url));
    }
    if (url.getRawAuthority().matches("(?i)https?:")
        || url.toString().matches("(?i)https?://https?//.*")) {
      throw new IllegalArgumentException(setting + " must have one scheme, was " + shown(url));
    }
    if (url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          setting + " must have no #, as what is after it is not sent, was " + shown(url) + "#…");
    }
    if (url.getPort() > 65_535) {
      throw new IllegalArgumentException(
          setting + " must have a port of 0 to 65535, was " + url.getPort());
    }
    if (url.getRawAuthority().contains("@")) {
      throw new IllegalArgumentException(
          setting + " must have no user in it, auth=basic shows one; was " + shown(url));
    }
  }

  /** Returns the values in the query of {@code url} that are secrets by their names. */
  static Stream<String> secretsIn(URI url) {
    return url == null || url.getRawQuery() == null ? Stream.empty() : secretsIn(url.getRawQuery());
  }

  /** As {@link #secretsIn(URI)}, of a query. */
  static Stream<String> secretsIn(String query) {
    return Arrays.stream(query.split("&"))
        .map(parameter -> parameter.split("=", 2))
        .filter(parameter -> parameter.length == 2 && SECRET.matcher(parameter[0]).find())
        .flatMap(parameter -> Stream.of(parameter[1], decoded(parameter[1])));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  static void requireNotInQuery(URI url, String setting, String parameter) {
    String query = url.getRawQuery();
    if (query != null
        && parameter != null
        && ("&" + query).contains("&" + encoded(parameter) + "=")) {
      throw new IllegalArgumentException(
          "url must not have " + setting + " in its query: " + parameter);
    }
  }
}
