package io.stepsync;

import io.stepsync.http.RequestSettings;
import io.stepsync.http.RequestTemplate;
import io.stepsync.http.RetrySettings;
import java.time.Duration;

/** The settings of a {@link Stream} that say how a window is asked. */
abstract class RequestOptions extends AnswerOptions {

  private String url;
  private String method = "GET";
  private String startParam;
  private String endParam;
  private String limitParam;
  private boolean startInclusive = true;
  private boolean endInclusive = true;
  private String query;
  private String headers;
  private String body;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration responseTimeout = Duration.ofSeconds(30);
  private Duration answerTimeout = Duration.ofMinutes(5);
  private int retries = 5;
  private Duration maxRetryAfter = Duration.ofMinutes(5);
  private double requestsPerSecond = Double.POSITIVE_INFINITY;
  private double clusterRequestsPerSecond = Double.POSITIVE_INFINITY;
  private String budget;
  private String headUrl;
  private String head = "/max";

  /**
   * The API's endpoint, http or https. Required. A query that it has is kept; {@code {start}},
   * {@code {end}} and {@code {limit}} in it stand for the window's first ID, its last and how many
   * it has.
   */
  public void setUrl(String url) {
    this.url = url;
  }

  /** {@code GET} or {@code POST}. Default GET. */
  public void setMethod(String method) {
    this.method = method;
  }

  /** The query parameter for a window's first ID. Default start_id, none with {start}. */
  public void setStartParam(String startParam) {
    this.startParam = startParam;
  }

  /**
   * The query parameter for a window's last ID. Default end_id; none, and the answers are without
   * an upper bound, with limitParam or placeholders.
   */
  public void setEndParam(String endParam) {
    this.endParam = endParam;
  }

  /**
   * The query parameter for the number of IDs in a window. Without endParam, answers then have no
   * upper bound: the API must answer with the lowest IDs first. Default none.
   */
  public void setLimitParam(String limitParam) {
    this.limitParam = limitParam;
  }

  /**
   * Whether the first ID is asked for itself; {@code false} asks for the one before it, as {@code
   * since_id} does. Default true.
   */
  public void setStartInclusive(boolean startInclusive) {
    this.startInclusive = startInclusive;
  }

  /**
   * Whether the last ID is asked for itself; {@code false} asks for the one behind it. Default
   * true.
   */
  public void setEndInclusive(boolean endInclusive) {
    this.endInclusive = endInclusive;
  }

  /**
   * More of the query, such as {@code order=asc&state=all}, with placeholders as in url. Default
   * none.
   */
  public void setQuery(String query) {
    this.query = query;
  }

  /** Headers, a line each: {@code name: value}. Default none. */
  public void setHeaders(String headers) {
    this.headers = headers;
  }

  /** The body of a POST, with placeholders as in url. Default none. */
  public void setBody(String body) {
    this.body = body;
  }

  /** The longest wait for a connection. Default 10s. */
  public void setConnectTimeout(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /** The longest wait for data of an answer. Default 30s. */
  public void setResponseTimeout(Duration responseTimeout) {
    this.responseTimeout = responseTimeout;
  }

  /** The longest time for a whole answer, from its first byte. Default 5m. */
  public void setAnswerTimeout(Duration answerTimeout) {
    this.answerTimeout = answerTimeout;
  }

  /**
   * How often a request is made again after a failure that passes, 0 to 100. The waits between are
   * at most 15.5 s together with 5, and 30 s more with each above 6. Default 5.
   */
  public void setRetries(int retries) {
    this.retries = retries;
  }

  /** The longest wait that the API may ask for by Retry-After; more fails the run. Default 5m. */
  public void setMaxRetryAfter(Duration maxRetryAfter) {
    this.maxRetryAfter = maxRetryAfter;
  }

  /**
   * The most requests a second of each process, such as {@code 0.5}; retries count. Default no
   * limit.
   */
  public void setRequestsPerSecond(double requestsPerSecond) {
    this.requestsPerSecond = requestsPerSecond;
  }

  /**
   * The most requests a second of all processes on one database together, lanes and retries
   * included: a budget that the stream has for itself. Default no limit.
   */
  public void setClusterRequestsPerSecond(double clusterRequestsPerSecond) {
    this.clusterRequestsPerSecond = clusterRequestsPerSecond;
  }

  /**
   * The name of the requests that the stream shares with all others that name it, such as {@code
   * shop}, on all processes on one database; the property {@code stepsync.budget.shop}, such as
   * {@code 2/s}, says how many they are. Default none.
   */
  public void setBudget(String budget) {
    this.budget = budget;
  }

  /** Where the API tells its highest ID, http or https. Default none. */
  public void setHeadUrl(String headUrl) {
    this.headUrl = headUrl;
  }

  /** A JSON Pointer to the highest ID in the answer of headUrl. Default /max. */
  public void setHead(String head) {
    this.head = head;
  }

  final RequestSettings request() {
    RequestTemplate template =
        RequestTemplate.parse(
            method,
            url,
            startParam,
            endParam,
            limitParam,
            startInclusive,
            endInclusive,
            query,
            headers,
            body);
    return new RequestSettings(
        template,
        auth(),
        format(template.isSingle()),
        new RetrySettings(
            retries, maxRetryAfter, requestsPerSecond, clusterRequestsPerSecond, budget),
        new RequestSettings.TimeLimits(connectTimeout, responseTimeout, answerTimeout),
        headUrl,
        head);
  }
}
