package io.stepsync.http;

import io.stepsync.window.IdWindow;
import java.math.BigInteger;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The request for a window: its method, URL, query, headers and body.
 *
 * <p>{@code {start}}, {@code {end}} and {@code {limit}} in the URL, the query and the body stand
 * for the first ID, the last ID and the number of IDs of the window. A request without an upper
 * bound is open-ended where it has a limit, and asks for a single ID where it has none. Immutable.
 *
 * @param method GET or POST
 * @param url the endpoint, http or https, with its placeholders encoded; a query that it has is
 *     kept
 * @param startParam the query parameter for the first ID; null for none
 * @param endParam the query parameter for the last ID; null for none
 * @param limitParam the query parameter for the number of IDs; null for none
 * @param startInclusive false where the API takes the ID before the first one
 * @param endInclusive false where the API takes the ID behind the last one
 * @param query more of the query, as it is to be sent; empty for none
 * @param headers the headers by their names
 * @param body the body of a POST; null for none
 */
public record RequestTemplate(
    String method,
    URI url,
    String startParam,
    String endParam,
    String limitParam,
    boolean startInclusive,
    boolean endInclusive,
    String query,
    Map<String, String> headers,
    String body) {

  private static final String START = "{start}";
  private static final String END = "{end}";
  private static final String LIMIT = "{limit}";

  private static final Set<String> KNOWN = Set.of(START, END, LIMIT);
  private static final Pattern NO_NAME = Pattern.compile("^[?&]|=$");
  private static final Pattern WORD = Pattern.compile("\\{(\\w+)}");

  /**
   * Words in braces that are a placeholder in capitals, or mistyped, and no usual name of a field.
   */
  private static final Pattern MISTYPED =
      Pattern.compile(
          "(?i)start|strat|satrt|tsart|statr|sart|tart|startt|sttart|staart|starrt|start_?id"
              + "|end|edn|ned|ende|eend|endd|end_?id"
              + "|limit|limt|lmit|imit|limi|limitt|lmiit|limti|ilmit|limmit|liimit");

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public RequestTemplate {
    headers = Map.copyOf(headers);
    if (!method.equals("GET") && !method.equals("POST")) {
      throw new IllegalArgumentException("method must be GET or POST, was " + method);
    }
    if (body != null && method.equals("GET")) {
      throw new IllegalArgumentException("body must not be set where method is GET");
    }
    Urls.requireHttp("url", url);
    if (startParam != null && startParam.equals(endParam)) {
      throw new IllegalArgumentException("endParam must not be startParam, was " + endParam);
    }
    Urls.requireNotInQuery(url, "startParam", startParam);
    Urls.requireNotInQuery(url, "endParam", endParam);
    Urls.requireNotInQuery(url, "limitParam", limitParam);
    if (startParam == null && !has(START, url, query, body)) {
      throw new IllegalArgumentException(
          "startParam must be set, or {start} be in url, query or body");
    }
  }

  /**
   * Reads the settings as they are written in a stream. A parameter that is not set has its
   * default, {@code start_id} or {@code end_id}, unless a placeholder stands for it; one that is
   * empty is none.
   *
   * @param headers lines of {@code name: value}, or null
   */
  public static RequestTemplate parse(
      String method,
      String url,
      String startParam,
      String endParam,
      String limitParam,
      boolean startInclusive,
      boolean endInclusive,
      String query,
      String headers,
      String body) {
    URI endpoint = Urls.parse("url", url);
    String more = query == null ? "" : query.strip();
    if (more.startsWith("?") || more.startsWith("&")) {
      throw new IllegalArgumentException(
          "query must begin with a parameter, was one that begins with " + more.charAt(0));
    }
    requirePlaceholders("query", more);
    requirePlaceholders("body", body == null ? "" : body);
    boolean start = has(START, endpoint, more, body);
    boolean unbounded = has(END, endpoint, more, body) || limitParam != null || start;
    return new RequestTemplate(
        method,
        endpoint,
        parameter("startParam", startParam, start ? null : "start_id"),
        parameter("endParam", endParam, unbounded ? null : "end_id"),
        parameter("limitParam", limitParam, null),
        startInclusive,
        endInclusive,
        more,
        headers(headers),
        body);
  }

  private static String parameter(String setting, String text, String otherwise) {
    String name = text == null ? otherwise : text.strip();
    if (name != null && NO_NAME.matcher(name).find()) {
      throw new IllegalArgumentException(
          setting + " must be the name of a parameter, without ?, & and = around it, was " + name);
    }
    return name == null || name.isEmpty() ? null : name;
  }

  /** A word in braces may be the API's; one like a placeholder would be sent as it is. */
  private static void requirePlaceholders(String setting, String text) {
    WORD.matcher(text)
        .results()
        .filter(word -> MISTYPED.matcher(word.group(1)).matches())
        .filter(word -> !KNOWN.contains(word.group()))
        .findFirst()
        .ifPresent(
            word -> {
              throw new IllegalArgumentException(
                  "%s must have no placeholder but {start}, {end} and {limit}, was %s"
                      .formatted(setting, word.group()));
            });
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    (text == null ? "" : text)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> add(headers, line));
    return headers;
  }

  /** The value can be a secret, so it is not shown. */
  private static void add(Map<String, String> headers, String line) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).strip();
    if (!HeaderText.isName(name)) {
      throw new IllegalArgumentException("headers must be lines of name: value, was another");
    }
    String value = line.substring(colon + 1).strip();
    if (!HeaderText.isValue(value) || headers.put(name, value) != null) {
      throw new IllegalArgumentException(
          "headers must have each name once, and values in Latin-1 without control characters, was "
              + name);
    }
  }

  private static boolean has(String placeholder, URI url, String query, String body) {
    return url.toString().contains(Urls.encoded(placeholder))
        || query.contains(placeholder)
        || (body != null && body.contains(placeholder));
  }

  private boolean isBounded() {
    return endParam != null || has(END, url, query, body);
  }

  private boolean isLimited() {
    return limitParam != null || has(LIMIT, url, query, body);
  }

  /** Tells whether an answer may go on above the window: the lowest IDs first, up to a limit. */
  public boolean isOpenEnded() {
    return !isBounded() && isLimited();
  }

  /** Tells whether a request can ask for one ID only. */
  public boolean isSingle() {
    return !isBounded() && !isLimited();
  }

  /** Returns the URL that asks for {@code window}, without its query. */
  public String endpoint(IdWindow window) {
    return filled(Urls.decodedPlaceholders(Urls.withoutQuery(url)), window);
  }

  /** Returns the query that asks for {@code window}. */
  public String query(IdWindow window) {
    String own = url.getRawQuery() == null ? "" : Urls.decodedPlaceholders(url.getRawQuery());
    return Stream.of(
            filled(own, window),
            filled(query, window),
            assigned(startParam, start(window)),
            assigned(endParam, end(window)),
            assigned(limitParam, limit(window)))
        .filter(Objects::nonNull)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("&"));
  }

  private static String assigned(String name, String value) {
    return name == null ? null : Urls.encoded(name) + "=" + value;
  }

  /** Returns the body that asks for {@code window}; null for none. */
  public String body(IdWindow window) {
    return body == null ? null : filled(body, window);
  }

  private String filled(String text, IdWindow window) {
    return text.replace(START, start(window))
        .replace(END, end(window))
        .replace(LIMIT, limit(window));
  }

  private String start(IdWindow window) {
    return Long.toString(startInclusive ? window.firstId() : window.firstId() - 1);
  }

  private String end(IdWindow window) {
    BigInteger last = BigInteger.valueOf(window.lastId());
    return (endInclusive ? last : last.add(BigInteger.ONE)).toString();
  }

  private static String limit(IdWindow window) {
    return Long.toString(window.width());
  }

  /** Returns the names of the settings that say what is asked. */
  public List<String> settings() {
    return Stream.of(
            "url",
            body == null ? null : "body",
            query.isEmpty() ? null : "query",
            startParam == null ? null : "startParam",
            endParam == null ? null : "endParam",
            limitParam == null ? null : "limitParam")
        .filter(Objects::nonNull)
        .toList();
  }

  /** Returns the URL as it may be shown: without query and user, which can hold secrets. */
  public String shownUrl() {
    return Urls.shown(url);
  }

  /** Headers, query and body can hold secrets. */
  @Override
  public String toString() {
    return method + " " + shownUrl();
  }
}
