package io.stepsync.http;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The settings of a stream that say how the API is asked, and what its answers look like.
 *
 * <p>Immutable.
 *
 * @param template the request for a window
 * @param auth how stepsync shows the API who it is
 * @param format what the API's answers look like
 * @param retry how often a request is made again
 * @param limits how long a request may take
 * @param headUrl where the API tells its highest ID, or null
 * @param head where the highest ID lies in that answer
 */
public record RequestSettings(
    RequestTemplate template,
    AuthSettings auth,
    AnswerFormat format,
    RetrySettings retry,
    TimeLimits limits,
    URI headUrl,
    JsonPointer head) {

  /** The value of a header or a query may be a secret, unless it is shorter than this. */
  private static final int SHORTEST_SECRET = 8;

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public RequestSettings {
    if (headUrl != null) {
      Urls.requireHttp("headUrl", headUrl);
    }
    if (format.numbered() && template.isOpenEnded()) {
      throw new IllegalArgumentException("idFromPosition must be false without an upper bound");
    }
    boolean twice =
        template.headers().keySet().stream()
            .anyMatch(name -> auth.headers("").keySet().stream().anyMatch(name::equalsIgnoreCase));
    if (twice) {
      throw new IllegalArgumentException("headers must not have what auth sets");
    }
  }

  /**
   * Reads where the API tells its highest ID.
   *
   * @param headUrl the setting, or null
   * @param head a JSON Pointer
   */
  public RequestSettings(
      RequestTemplate template,
      AuthSettings auth,
      AnswerFormat format,
      RetrySettings retry,
      TimeLimits limits,
      String headUrl,
      String head) {
    this(
        template,
        auth,
        format,
        retry,
        limits,
        headUrl == null ? null : Urls.parse("headUrl", headUrl),
        AnswerFormat.pointer("head", head));
  }

  /**
   * How long a request may take; each over 0, and at most a day.
   *
   * @param connect the longest wait for a connection
   * @param response the longest wait for data
   * @param answer the longest time from the first byte of an answer to its last
   */
  public record TimeLimits(Duration connect, Duration response, Duration answer) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * @throws IllegalArgumentException naming the setting, its rule and its value
     */
    public TimeLimits {
      check("connectTimeout", connect);
      check("responseTimeout", response);
      check("answerTimeout", answer);
    }

    private static void check(String setting, Duration value) {
      if (value == null || value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            setting + " must be > 0 and at most a day, was " + value);
      }
    }
  }

  /** Returns the URL that tells the highest ID, without its query. */
  public String headEndpoint() {
    return Urls.withoutQuery(headUrl);
  }

  /** Returns the URL of the windows as it may be shown: without query and user. */
  public String shownUrl() {
    return template.shownUrl();
  }

  /** Returns what must not be shown, should the API repeat it. */
  public Secrets secrets() {
    Stream<String> headers =
        template.headers().values().stream()
            .flatMap(value -> Stream.concat(Stream.of(value), Stream.of(value.split(" ", -1))));
    Stream<String> query = Stream.of(template.url(), headUrl).flatMap(Urls::secretsIn);
    return Secrets.of(
        Stream.concat(
                auth.secrets().stream(),
                Stream.of(headers, query, Urls.secretsIn(template.query()))
                    .flatMap(all -> all)
                    .filter(value -> value.length() >= SHORTEST_SECRET))
            .toList());
  }
}
