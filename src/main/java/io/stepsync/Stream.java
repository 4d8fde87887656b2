package io.stepsync;

import io.stepsync.http.AnswerFormat;
import io.stepsync.http.AuthSettings;
import io.stepsync.http.RequestSettings;
import io.stepsync.http.RequestSettings.TimeLimits;
import io.stepsync.http.RequestTemplate;
import io.stepsync.http.RetrySettings;
import io.stepsync.jdbc.ColumnsText;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.window.ScanSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stream: one API endpoint that is copied into one table. A bean of this type, in a file under
 * {@code routes/streams} or in the registry of a Camel context, is all that there is to a stream
 * but for its trigger.
 *
 * <p>The setters take anything; {@link #checked} refuses what is wrong. Set up by one thread, then
 * read by many.
 *
 * <p>The page of settings is made from this source: from the Javadoc of the setters, and from the
 * comments above each group of them.
 */
public final class Stream {

  /** As much as a row of the state has room for. */
  private static final int LONGEST_NAME = 200;

  private static final String TABLE_SINK = "direct:stepsync-upsert";
  private static final String RECORDS_ONE_BY_ONE = "direct:stepsync-record-sink";

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

  private String format = "json";
  private String records;
  private String id = "id";
  private boolean idFromPosition = false;
  private String emptyStatus = "204";
  private String errors = "/errors";
  private boolean emptyWithoutArray = false;
  private int maxResponseBytes = 64 * 1024 * 1024;

  private String auth = "none";
  private final Map<String, String> authValues = new HashMap<>(Map.of("apiKeyIn", "header"));

  private long initialId = 1;
  private long stepSize = 1000;
  private Long maxStepSize;
  private Long maxId;
  private Long maxGap;
  private long lookback = 0;
  private Long responseLimit;
  private Duration settleAfter = Duration.ofMinutes(10);
  private String replaced;

  private String table;
  private String primaryKey;
  private String schema = "evolve";
  private boolean metadataColumns = true;
  private String versionColumn;
  private String columns;
  private String nulls;
  private final Map<String, String> columnsByName = new TreeMap<>();

  private String refreshSchedule;
  private String deletes = "ignore";
  private String maxDeletes;
  private String onSourceReset = "fail";
  private int fetchAhead = 2;
  private int lanes = 1;
  private long maxDeadLetters = 1000;
  private Duration maxBackoff = Duration.ofHours(1);
  private Duration maxLag;
  private String transform;
  private String sink = TABLE_SINK;
  private String recordSink;

  // Request: how a window is asked

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

  /** As {@link #setConnectTimeout(Duration)}, from a text that {@link DurationText} reads. */
  public void setConnectTimeout(String connectTimeout) {
    this.connectTimeout = DurationText.parse("connectTimeout", connectTimeout);
  }

  /** The longest wait for data of an answer. Default 30s. */
  public void setResponseTimeout(Duration responseTimeout) {
    this.responseTimeout = responseTimeout;
  }

  /** As {@link #setResponseTimeout(Duration)}, from a text that {@link DurationText} reads. */
  public void setResponseTimeout(String responseTimeout) {
    this.responseTimeout = DurationText.parse("responseTimeout", responseTimeout);
  }

  /** The longest time for a whole answer, from its first byte. Default 5m. */
  public void setAnswerTimeout(Duration answerTimeout) {
    this.answerTimeout = answerTimeout;
  }

  /** As {@link #setAnswerTimeout(Duration)}, from a text that {@link DurationText} reads. */
  public void setAnswerTimeout(String answerTimeout) {
    this.answerTimeout = DurationText.parse("answerTimeout", answerTimeout);
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

  /** As {@link #setMaxRetryAfter(Duration)}, from a text that {@link DurationText} reads. */
  public void setMaxRetryAfter(String maxRetryAfter) {
    this.maxRetryAfter = DurationText.parse("maxRetryAfter", maxRetryAfter);
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

  // Answer: what the API's answers look like

  /** {@code json}, or {@code ndjson} for a record a line. Default json. */
  public void setFormat(String format) {
    this.format = format;
  }

  /**
   * A JSON Pointer to the array of records in the answer, empty for the answer itself; to the
   * record where a request asks for one ID. Default /data.
   */
  public void setRecords(String records) {
    this.records = records;
  }

  /** A JSON Pointer, or a field's name, to the ID in a record. Default id. */
  public void setId(String id) {
    this.id = id;
  }

  /**
   * Whether the records have no ID, but come in the order of their IDs without a gap, from the
   * first one that was asked for on: the ID is added to each, as the field that id names. Default
   * false.
   */
  public void setIdFromPosition(boolean idFromPosition) {
    this.idFromPosition = idFromPosition;
  }

  /**
   * The statuses, with commas between, that mean that there is no record, such as {@code 204,404}.
   * Default 204.
   */
  public void setEmptyStatus(String emptyStatus) {
    this.emptyStatus = emptyStatus;
  }

  /**
   * Where an answer of status 200 tells that the API failed: JSON Pointers, with commas between, to
   * an array, an object or a text that is empty, null or missing if it did not; one with a value,
   * such as {@code /success=false}, to that value. It is asked again, and then in narrower windows,
   * as after status 500. Not looked at where the answer itself is a record, or one a line. Default
   * /errors.
   */
  public void setErrors(String errors) {
    this.errors = errors;
  }

  /**
   * Whether {@code null} or {@code {}} where the array of records should be means that there is no
   * record: so do some APIs write an empty list. Default false.
   */
  public void setEmptyWithoutArray(boolean emptyWithoutArray) {
    this.emptyWithoutArray = emptyWithoutArray;
  }

  /**
   * The longest answer, in bytes, after decompression; a window whose answer is longer is asked in
   * halves. So is one whose answer is longer than a sixteenth of the heap. Default 67108864 (64
   * MiB).
   */
  public void setMaxResponseBytes(int maxResponseBytes) {
    this.maxResponseBytes = maxResponseBytes;
  }

  // Auth: how stepsync shows the API who it is

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
    authValues.put("username", username);
  }

  /** The user's password. Required with {@code basic}. */
  public void setPassword(String password) {
    authValues.put("password", password);
  }

  /** The token. Required with {@code bearer}. */
  public void setToken(String token) {
    authValues.put("token", token);
  }

  /** The name of the header or the query parameter for the key. Required with {@code apiKey}. */
  public void setApiKeyName(String apiKeyName) {
    authValues.put("apiKeyName", apiKeyName);
  }

  /** Where the key goes, with apiKey: {@code header} or {@code query}. Default header. */
  public void setApiKeyIn(String apiKeyIn) {
    authValues.put("apiKeyIn", apiKeyIn);
  }

  /** The key. Required with {@code apiKey}. */
  public void setApiKey(String apiKey) {
    authValues.put("apiKey", apiKey);
  }

  /**
   * Where access tokens come from, http or https. Required with {@code oauth2ClientCredentials}.
   */
  public void setTokenUrl(String tokenUrl) {
    authValues.put("tokenUrl", tokenUrl);
  }

  /** The client's ID. Required with {@code oauth2ClientCredentials}. */
  public void setClientId(String clientId) {
    authValues.put("clientId", clientId);
  }

  /** The client's secret. Required with {@code oauth2ClientCredentials}. */
  public void setClientSecret(String clientSecret) {
    authValues.put("clientSecret", clientSecret);
  }

  /** The scope to ask for, with {@code oauth2ClientCredentials}. Default none. */
  public void setScope(String scope) {
    authValues.put("scope", scope);
  }

  // Scan: which windows are asked

  /** The first ID ever asked, at least 0. Default 1. */
  public void setInitialId(long initialId) {
    this.initialId = initialId;
  }

  /**
   * The IDs in the first window, and the records that an answer should have, at least 1. Windows
   * are wider where IDs are sparse. Default 1000.
   */
  public void setStepSize(long stepSize) {
    this.stepSize = stepSize;
  }

  /**
   * The most IDs in a window, at least stepSize; the same as stepSize keeps all windows as wide as
   * that. Default none.
   */
  public void setMaxStepSize(Long maxStepSize) {
    this.maxStepSize = maxStepSize;
  }

  /** The last ID ever asked, at least initialId. Default none. */
  public void setMaxId(Long maxId) {
    this.maxId = maxId;
  }

  /**
   * The unused IDs in a row after which a run is caught up, at least 0; where it is not set,
   * 1000000, more where IDs are sparse, and none where maxId is set. Default none.
   */
  public void setMaxGap(Long maxGap) {
    this.maxGap = maxGap;
  }

  /** The IDs below the checkpoint that each run reads again, at least 0. Default 0. */
  public void setLookback(long lookback) {
    this.lookback = lookback;
  }

  /**
   * The number of records at which the API cuts its answers, at least 1; where it is not set, it is
   * found out. Default none.
   */
  public void setResponseLimit(Long responseLimit) {
    this.responseLimit = responseLimit;
  }

  /**
   * For how long a record may become visible after one with a higher ID was seen, as with
   * transactions that commit in another order than they began: an unused ID below the highest is
   * asked once more after that time. At least 0; 0s asks no ID again. Default 10m.
   */
  public void setSettleAfter(Duration settleAfter) {
    this.settleAfter = settleAfter;
  }

  /** As {@link #setSettleAfter(Duration)}, from a text that {@link DurationText} reads. */
  public void setSettleAfter(String settleAfter) {
    this.settleAfter = DurationText.parse("settleAfter", settleAfter);
  }

  /**
   * No setting any more: it is refused with what replaces it.
   *
   * @deprecated windows follow the density of the IDs by themselves
   */
  @Deprecated
  public void setAdaptiveStep(String adaptiveStep) {
    replaced = "adaptiveStep";
  }

  /**
   * No setting any more: it is refused with what replaces it.
   *
   * @deprecated stepSize is the number of records that an answer should have
   */
  @Deprecated
  public void setAdaptiveRecords(String adaptiveRecords) {
    replaced = "adaptiveRecords";
  }

  /**
   * No setting any more: it is refused with what replaces it.
   *
   * @deprecated responseTimeout narrows windows that take too long
   */
  @Deprecated
  public void setAdaptiveTime(String adaptiveTime) {
    replaced = "adaptiveTime";
  }

  // Table: which table takes the records

  /**
   * The table that takes the records, {@code user}, or {@code sales.order} with its schema; a name
   * with a dot in it is in double quotes. Required, unless another sink takes them.
   */
  public void setTable(String table) {
    this.table = table;
  }

  /**
   * The key's columns, with commas between them, such as {@code region,id}. Required with table.
   */
  public void setPrimaryKey(String primaryKey) {
    this.primaryKey = primaryKey;
  }

  /**
   * What may be done to the table: {@code evolve} makes it, adds columns that it lacks, and makes
   * columns wider where nothing is lost; {@code create} only makes it, {@code validate} only looks.
   * Default evolve.
   */
  public void setSchema(String schema) {
    this.schema = schema;
  }

  /**
   * Whether the table has {@code _stepsync_synced_at} and {@code _stepsync_deleted}. Default true.
   */
  public void setMetadataColumns(boolean metadataColumns) {
    this.metadataColumns = metadataColumns;
  }

  /**
   * The columns, in order: a line each, {@code name: TYPE}, with {@code !} behind the type where it
   * is required, and {@code rounded} after that where the table's column holds less than the type
   * and values shall be rounded to it, or {@code widened} where it shall grow to the type, a text
   * of a length to one of any, a DECIMAL to DOUBLE; after that {@code = /address/city}, a JSON
   * Pointer, where the value is not in the field of the same name. Commas will do instead of line
   * breaks. A record that does not fit them is a dead letter. Required with table.
   */
  public void setColumns(String columns) {
    this.columns = columns;
  }

  /**
   * Texts that mean that there is no value, with commas between, such as {@code "", 0000-00-00};
   * the empty one in quotes. For columns of all types but STRING, JSON and XML; any column can name
   * its own instead, {@code note: STRING nulls(N/A)}. Default none.
   */
  public void setNulls(String nulls) {
    this.nulls = nulls;
  }

  /**
   * Returns columns by name, to add to: another way to set them, for Camel's nested properties.
   * They are in no order of the user's, so the key's come first.
   */
  public Map<String, String> getColumns() {
    return columnsByName;
  }

  /**
   * The column that tells which of two copies of a record is newer, such as {@code updatedAt}: a
   * row is never overwritten by an older copy. A column of numbers, dates or moments. Default none.
   */
  public void setVersionColumn(String versionColumn) {
    this.versionColumn = versionColumn;
  }

  // Run: how its runs go

  /**
   * When all IDs below the checkpoint are read again, for rows that changed or were deleted: a
   * Quartz cron expression. A refresh starts behind the first run that is caught up by then.
   * Default none.
   */
  public void setRefreshSchedule(String refreshSchedule) {
    this.refreshSchedule = refreshSchedule;
  }

  /**
   * What a refresh does with rows that the API no longer has: {@code ignore}, {@code soft} ({@code
   * _stepsync_deleted} is set) or {@code hard} (they are removed). Must be ignore where another
   * stream writes the same table, whose rows this API lacks. Default ignore.
   */
  public void setDeletes(String deletes) {
    this.deletes = deletes;
  }

  /**
   * The share of the rows it looks at that a refresh may delete, such as {@code 10%}; if the API
   * lacks more, it fails and deletes nothing. Ten are allowed where it found more than ten times as
   * many; all of them only with {@code 100%}. Default 10%.
   */
  public void setMaxDeletes(String maxDeletes) {
    this.maxDeletes = maxDeletes;
  }

  /**
   * What a run does where the API's highest ID is below the checkpoint, and the records below that
   * ID are not those of the table: {@code fail}, or {@code restart} at the initial ID. Default
   * fail.
   */
  public void setOnSourceReset(String onSourceReset) {
    this.onSourceReset = onSourceReset;
  }

  /**
   * The windows that are asked for while one is written, 0 to 64. At most so many answers and one
   * more are in memory; fewer where those of all streams would be more than a sixteenth of the
   * heap. Default 2.
   */
  public void setFetchAhead(int fetchAhead) {
    this.fetchAhead = fetchAhead;
  }

  /**
   * The parts of the stream's IDs that run side by side, 1 to 1000, each with a trigger and a
   * checkpoint of its own; more than one needs maxId or headUrl. More than stepsync.threads [10],
   * in a cluster stepsync.cluster.threads of all nodes together, buy nothing. Default 1.
   */
  public void setLanes(int lanes) {
    this.lanes = lanes;
  }

  /** The dead letters of a run above which it fails, at least 0. Default 1000. */
  public void setMaxDeadLetters(long maxDeadLetters) {
    this.maxDeadLetters = maxDeadLetters;
  }

  /**
   * The longest pause of a stream whose runs fail one after the other: from the second failure on
   * its trigger is passed over for a minute, then two, then four; at most for 10s where the
   * database was away, and not at all where another runner was faster. Default 1h; 0s for none.
   */
  public void setMaxBackoff(Duration maxBackoff) {
    this.maxBackoff = maxBackoff;
  }

  /** As {@link #setMaxBackoff(Duration)}, from a text that {@link DurationText} reads. */
  public void setMaxBackoff(String maxBackoff) {
    this.maxBackoff = DurationText.parse("maxBackoff", maxBackoff);
  }

  /**
   * How long ago a stream may have been caught up; after that its readiness check is down. Default
   * none.
   */
  public void setMaxLag(Duration maxLag) {
    this.maxLag = maxLag;
  }

  /** As {@link #setMaxLag(Duration)}, from a text that {@link DurationText} reads. */
  public void setMaxLag(String maxLag) {
    this.maxLag = DurationText.parse("maxLag", maxLag);
  }

  /**
   * An endpoint, such as {@code direct:my-transform}, that gets each record as a map and answers
   * with what is to become of it: a map, or nothing if it is to be left out. One that fails makes
   * the record a dead letter. Several records can be on their way at once. Default none.
   */
  public void setTransform(String transform) {
    this.transform = transform;
  }

  /**
   * The endpoint that takes a window's records, a list of maps, or as text one JSON object a line;
   * the checkpoint moves once it has answered. Default direct:stepsync-upsert, which writes them to
   * table.
   */
  public void setSink(String sink) {
    this.sink = sink;
  }

  /**
   * The endpoint that takes the records one by one, in the order of their IDs, each as the text of
   * a JSON object; the checkpoint moves once it has taken all of a window. Default none.
   */
  public void setRecordSink(String recordSink) {
    this.recordSink = recordSink;
  }

  /**
   * Returns the settings, checked.
   *
   * @param name the stream's name, for messages
   * @throws SettingException if one is wrong
   */
  public StreamSettings checked(String name) {
    checkName(name);
    try {
      RequestSettings request = request();
      TableSettings table = table(TABLE_SINK.equals(sink) && recordSink == null);
      checkRecordSink(table);
      return new StreamSettings(
          name,
          request,
          scan(request.template()),
          table,
          refresh(request, table),
          restarts(),
          fetchAhead,
          lanes(request),
          maxDeadLetters,
          maxBackoff,
          maxLag,
          transform,
          recordSink == null ? sink : RECORDS_ONE_BY_ONE,
          recordSink);
    } catch (IllegalArgumentException e) {
      throw new SettingException("stream " + name + ": " + e.getMessage(), e);
    }
  }

  private static void checkName(String name) {
    if (name == null || name.isBlank()) {
      throw new SettingException(
          "the name of a stream must not be blank, was "
              + (name == null ? "null" : "\"" + name + "\""));
    }
    if (!name.equals(name.strip())) {
      throw new SettingException(
          "the name of a stream must have no blank at its ends, was \"" + name + '"');
    }
    if (name.contains("{{")) {
      throw new SettingException(
          "the name of a stream must have no placeholder, was \"" + name + '"');
    }
    if (name.length() > LONGEST_NAME) {
      throw new SettingException(
          "the name of a stream must have at most %d characters, had %d: %s"
              .formatted(LONGEST_NAME, name.length(), name));
    }
  }

  private void checkRecordSink(TableSettings table) {
    if (recordSink != null && (table.hasTable() || !TABLE_SINK.equals(sink))) {
      throw new IllegalArgumentException("recordSink must not be set beside table or sink");
    }
  }

  private int lanes(RequestSettings request) {
    if (lanes > 1 && request.headUrl() == null && maxId == null) {
      throw new IllegalArgumentException(
          "lanes must be 1 where neither maxId nor headUrl is set, was " + lanes);
    }
    return lanes;
  }

  private boolean restarts() {
    if (!"fail".equals(onSourceReset) && !"restart".equals(onSourceReset)) {
      throw new IllegalArgumentException(
          "onSourceReset must be fail or restart, was " + onSourceReset);
    }
    return "restart".equals(onSourceReset);
  }

  private RefreshSettings refresh(RequestSettings request, TableSettings table) {
    return RefreshSettings.parse(
        refreshSchedule, deletes, maxDeletes, request.format().id(), table);
  }

  private RequestSettings request() {
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
        new TimeLimits(connectTimeout, responseTimeout, answerTimeout),
        headUrl,
        head);
  }

  private AnswerFormat format(boolean single) {
    return AnswerFormat.parse(
        format,
        records,
        id,
        idFromPosition,
        emptyStatus,
        errors,
        emptyWithoutArray,
        maxResponseBytes,
        single);
  }

  private AuthSettings auth() {
    return AuthSettings.parse(auth, authValues);
  }

  private ScanSettings scan(RequestTemplate template) {
    refuseReplaced();
    long most = template.isSingle() ? 1 : Long.MAX_VALUE;
    long widest = maxStepSize != null ? maxStepSize : most;
    check(template, widest);
    return new ScanSettings(
        initialId,
        stepSize,
        widest,
        maxId != null ? maxId : Long.MAX_VALUE,
        maxGap != null ? maxGap : maxId != null ? Long.MAX_VALUE : 1_000_000,
        lookback,
        limit(),
        maxGap == null,
        template.isOpenEnded(),
        false,
        settleMillis());
  }

  private void check(RequestTemplate template, long widest) {
    if (template.isSingle() && (stepSize != 1 || widest != 1)) {
      throw new IllegalArgumentException(
          "stepSize must be 1 where a request has neither an end nor a limit, was "
              + Math.max(stepSize, widest));
    }
    if (!template.startInclusive() && initialId < 1) {
      throw new IllegalArgumentException(
          "initialId must be >= 1 where startInclusive=false, was " + initialId);
    }
  }

  private long limit() {
    if (responseLimit != null && responseLimit < 1) {
      throw new IllegalArgumentException("responseLimit must be >= 1, was " + responseLimit);
    }
    return responseLimit != null ? responseLimit : 0;
  }

  private long settleMillis() {
    if (settleAfter == null || settleAfter.isNegative() || settleAfter.toDays() > 3650) {
      throw new IllegalArgumentException("settleAfter must be 0s to 3650 days, was " + settleAfter);
    }
    return settleAfter.toMillis();
  }

  private void refuseReplaced() {
    if (replaced != null) {
      throw new IllegalArgumentException(
          replaced
              + " is no setting any more: windows follow how dense the IDs are, stepSize (%d) is the"
                  .formatted(stepSize)
              + " number of records that an answer should have, and maxStepSize: %d keeps windows"
                  .formatted(stepSize)
              + " fixed");
    }
  }

  private TableSettings table(boolean required) {
    if (required && table == null) {
      throw new IllegalArgumentException("table must be set");
    }
    return TableSettings.parse(
        table, primaryKey, columnTypes(), nulls, versionColumn, schema, metadataColumns);
  }

  private Map<String, String> columnTypes() {
    return columns == null
        ? ColumnsText.keyFirst(primaryKey, columnsByName)
        : ColumnsText.parse(columns);
  }
}
