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
 */
public record RequestSettings(
    URI url,
    String startParam,
    String endParam,
    Duration connectTimeout,
    Duration responseTimeout,
    int maxResponseBytes,
    JsonPointer records,
    JsonPointer id) {

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public RequestSettings {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException("url must be http://… or https://…, was " + shown(url));
    }
    requireText("startParam", startParam);
    requireText("endParam", endParam);
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
      throw new IllegalArgumentException("url must be a URL: " + e.getReason(), e);
    }
  }

  /**
   * Reads a JSON Pointer; a bare field name is taken as a pointer to it.
   *
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public static JsonPointer parsePointer(String text) {
    return JsonPointer.compile(text.isEmpty() || text.startsWith("/") ? text : "/" + text);
  }

  /** Returns the URL without its query. */
  public String endpoint() {
    String text = url.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  /** Returns the query that asks for {@code window}. */
  public String query(IdWindow window) {
    String own = url.getRawQuery() == null ? "" : url.getRawQuery() + "&";
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
    return url.getScheme()
        + "://"
        + url.getHost()
        + (url.getPort() < 0 ? "" : ":" + url.getPort())
        + (url.getRawPath() == null ? "" : url.getRawPath());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void requireText(String setting, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(setting + " must be set");
    }
  }

  private static void requirePositive(String setting, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(setting + " must be > 0, was " + value.toMillis() + "ms");
    }
  }
}
