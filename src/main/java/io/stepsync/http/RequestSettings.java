package io.stepsync.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.sync.IdWindow;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The settings of a stream that say how a window is asked, and where its records lie in the answer.
 *
 * <p>Immutable.
 *
 * @param url the endpoint, http or https; a query that it has is kept
 * @param startParam the query parameter for a window's first ID
 * @param endParam the query parameter for a window's last ID
 * @param connectTimeout the longest wait for a connection
 * @param responseTimeout the longest wait for data
 * @param maxResponseBytes the longest answer, in bytes, after decompression
 * @param records where the array of records lies in the answer
 * @param id where the ID lies in a record
 * @param headUrl where the API tells its highest ID, or null
 * @param head where the highest ID lies in that answer
 */
public record RequestSettings(
    URI url,
    String startParam,
    String endParam,
    Duration connectTimeout,
    Duration responseTimeout,
    int maxResponseBytes,
    JsonPointer records,
    JsonPointer id,
    URI headUrl,
    JsonPointer head) {

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public RequestSettings {
    requireHttp("url", url);
    if (headUrl != null) {
      requireHttp("headUrl", headUrl);
    }
    requireText("startParam", startParam);
    requireText("endParam", endParam);
    if (startParam.equals(endParam)) {
      throw new IllegalArgumentException("endParam must not be startParam, was " + endParam);
    }
    requireNotInQuery(url, "startParam", startParam);
    requireNotInQuery(url, "endParam", endParam);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("responseTimeout", responseTimeout);
    if (maxResponseBytes < 1) {
      throw new IllegalArgumentException("maxResponseBytes must be >= 1, was " + maxResponseBytes);
    }
    if (id.matches()) {
      throw new IllegalArgumentException("id must be a JSON Pointer to a field, was ''");
    }
  }

  /**
   * Reads the value of the setting {@code url}.
   *
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public static URI parseUrl(String text) {
    requireText("url", text);
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      // The cause would show the whole of it, and with it what may be secret.
      throw new IllegalArgumentException(
          "url must be a URL, was one with " + e.getReason() + " at " + e.getIndex());
    }
  }

  /**
   * Reads a JSON Pointer; a bare field name is taken as a pointer to it.
   *
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public static JsonPointer parsePointer(String setting, String text) {
    if (text == null) {
      throw new IllegalArgumentException(setting + " must be set");
    }
    return JsonPointer.compile(text.isEmpty() || text.startsWith("/") ? text : "/" + text);
  }

  /** Returns the URL without its query. */
  public String endpoint() {
    return withoutQuery(url);
  }

  /** Returns the URL that tells the highest ID, without its query. */
  public String headEndpoint() {
    return withoutQuery(headUrl);
  }

  private static String withoutQuery(URI url) {
    return url.toString().split("[?#]", 2)[0];
  }

  /** Returns the query that asks for {@code window}. */
  public String query(IdWindow window) {
    String query = url.getRawQuery();
    String own = query == null || query.isEmpty() ? "" : query + "&";
    return own
        + encoded(startParam)
        + "="
        + window.firstId()
        + "&"
        + encoded(endParam)
        + "="
        + window.lastId();
  }

  /** Returns the URL as it may be shown: without query and user, which can hold secrets. */
  public String shownUrl() {
    return shown(url);
  }

  private static String shown(URI url) {
    String authority = url.getRawAuthority();
    if (authority == null) {
      return url.getScheme() == null ? "one without a scheme" : url.getScheme() + ":…";
    }
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return url.getScheme() + "://" + host + (url.getRawPath() == null ? "" : url.getRawPath());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void requireText(String setting, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(setting + " must be set");
    }
  }

  private static void requireHttp(String setting, URI url) {
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    if (url.getRawAuthority() == null || !(http || "https".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException(
          setting + " must be http://… or https://…, was " + shown(url));
    }
  }

  private static void requireNotInQuery(URI url, String setting, String parameter) {
    String query = url.getRawQuery();
    if (query != null && ("&" + query).contains("&" + encoded(parameter) + "=")) {
      throw new IllegalArgumentException(
          "url must not have " + setting + " in its query: " + parameter);
    }
  }

  private static void requirePositive(String setting, Duration value) {
    if (value == null || value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(setting + " must be > 0 and at most a day, was " + value);
    }
  }
}
