package io.stepsync;

import io.stepsync.http.RequestSettings;
import io.stepsync.jdbc.ColumnsText;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.sync.ScanSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stream: one API endpoint that is copied into one table. A bean of this type, in a file under
 * {@code routes/streams} or in the registry of a Camel context, is all that there is to a stream
 * but for its trigger.
 *
 * <p>The setters take anything; {@link #checked} refuses what is wrong. Set up by one thread, then
 * read by many.
 */
public final class Stream {

  private String url;
  private String startParam = "start_id";
  private String endParam = "end_id";
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration responseTimeout = Duration.ofSeconds(30);
  private int maxResponseBytes = 64 * 1024 * 1024;
  private String records = "/data";
  private String id = "id";
  private long initialId = 1;
  private long stepSize = 1000;
  private Long maxStepSize;
  private Long maxId;
  private Long maxGap;
  private long lookback = 0;
  private Long responseLimit;
  private String headUrl;
  private String head = "/max";
  private String onSourceReset = "fail";
  private String table;
  private String primaryKey;
  private String schema = "evolve";
  private boolean metadataColumns = true;
  private long maxDeadLetters = 1000;
  private String sink = "direct:stepsync-upsert";
  private String columns;
  private final Map<String, String> columnsByName = new TreeMap<>();

  /** The API's endpoint, http or https. Required. A query that it has is kept. */
  public void setUrl(String url) {
    this.url = url;
  }

  /** The query parameter for a window's first ID. Default start_id. */
  public void setStartParam(String startParam) {
    this.startParam = startParam;
  }

  /** The query parameter for a window's last ID, inclusive. Default end_id. */
  public void setEndParam(String endParam) {
    this.endParam = endParam;
  }

  /** The longest wait for a connection. Default 10s. */
  public void setConnectTimeout(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /** The longest wait for data of an answer. Default 30s. */
  public void setResponseTimeout(Duration responseTimeout) {
    this.responseTimeout = responseTimeout;
  }

  /** The longest answer, in bytes. Default 67108864 (64 MiB). */
  public void setMaxResponseBytes(int maxResponseBytes) {
    this.maxResponseBytes = maxResponseBytes;
  }

  /** A JSON Pointer to the array of records in the answer. Default /data. */
  public void setRecords(String records) {
    this.records = records;
  }

  /** A JSON Pointer, or a field's name, to the ID in a record. Default id. */
  public void setId(String id) {
    this.id = id;
  }

  /** The first ID ever asked, at least 0. Default 1. */
  public void setInitialId(long initialId) {
    this.initialId = initialId;
  }

  /** The IDs in a window, at least 1. Default 1000. */
  public void setStepSize(long stepSize) {
    this.stepSize = stepSize;
  }

  /** The most IDs in a window that was widened over a gap. Default 1000 times the step size. */
  public void setMaxStepSize(Long maxStepSize) {
    this.maxStepSize = maxStepSize;
  }

  /** The last ID ever asked, at least initialId. Default none. */
  public void setMaxId(Long maxId) {
    this.maxId = maxId;
  }

  /**
   * The unused IDs in a row after which a run is caught up, at least 0. Default 1000000, and none
   * where maxId is set.
   */
  public void setMaxGap(Long maxGap) {
    this.maxGap = maxGap;
  }

  /** The IDs below the checkpoint that each run reads again, at least 0. Default 0. */
  public void setLookback(long lookback) {
    this.lookback = lookback;
  }

  /** The number of records at which the API cuts its answers, at least 1. Default not known. */
  public void setResponseLimit(Long responseLimit) {
    this.responseLimit = responseLimit;
  }

  /** Where the API tells its highest ID, http or https. Default none. */
  public void setHeadUrl(String headUrl) {
    this.headUrl = headUrl;
  }

  /** A JSON Pointer to the highest ID in the answer of headUrl. Default /max. */
  public void setHead(String head) {
    this.head = head;
  }

  /**
   * What a run does where the API's highest ID is below the checkpoint: fail, or restart at the
   * initial ID. Default fail.
   */
  public void setOnSourceReset(String onSourceReset) {
    this.onSourceReset = onSourceReset;
  }

  /** The table that takes the records. Required. */
  public void setTable(String table) {
    this.table = table;
  }

  /** The key's columns, with commas between them. Required. */
  public void setPrimaryKey(String primaryKey) {
    this.primaryKey = primaryKey;
  }

  /** What may be done to the table: evolve, create or validate. Default evolve. */
  public void setSchema(String schema) {
    this.schema = schema;
  }

  /** Whether the table has _stepsync_synced_at and _stepsync_deleted. Default true. */
  public void setMetadataColumns(boolean metadataColumns) {
    this.metadataColumns = metadataColumns;
  }

  /** The dead letters of a run above which it fails, at least 0. Default 1000. */
  public void setMaxDeadLetters(long maxDeadLetters) {
    this.maxDeadLetters = maxDeadLetters;
  }

  /** The endpoint that takes a window's records. Default direct:stepsync-upsert. */
  public void setSink(String sink) {
    this.sink = sink;
  }

  /**
   * The columns, in order: a line each, {@code name: TYPE}, with ! behind the type where it is
   * required. Commas will do instead of line breaks. Required.
   */
  public void setColumns(String columns) {
    this.columns = columns;
  }

  /**
   * Returns columns by name, to add to: another way to set them, for Camel's nested properties.
   * They are in no order of the user's, so the key's come first.
   */
  public Map<String, String> getColumns() {
    return columnsByName;
  }

  /**
   * Returns the settings, checked.
   *
   * @param name the stream's name, for messages
   * @throws SettingException if one is wrong
   */
  public StreamSettings checked(String name) {
    try {
      return new StreamSettings(name, request(), scan(), table(), restarts(), maxDeadLetters, sink);
    } catch (IllegalArgumentException e) {
      throw new SettingException("stream " + name + ": " + e.getMessage(), e);
    }
  }

  private boolean restarts() {
    if (!"fail".equals(onSourceReset) && !"restart".equals(onSourceReset)) {
      throw new IllegalArgumentException(
          "onSourceReset must be fail or restart, was " + onSourceReset);
    }
    return "restart".equals(onSourceReset);
  }

  private RequestSettings request() {
    return new RequestSettings(
        RequestSettings.parseUrl(url),
        startParam,
        endParam,
        connectTimeout,
        responseTimeout,
        maxResponseBytes,
        RequestSettings.parsePointer("records", records),
        RequestSettings.parsePointer("id", id),
        headUrl == null ? null : RequestSettings.parseUrl(headUrl),
        RequestSettings.parsePointer("head", head));
  }

  private ScanSettings scan() {
    long widest = maxStepSize != null ? maxStepSize : widestFor(stepSize);
    return new ScanSettings(
        initialId,
        stepSize,
        widest,
        maxId != null ? maxId : Long.MAX_VALUE,
        maxGap != null ? maxGap : maxId != null ? Long.MAX_VALUE : 1_000_000,
        lookback,
        limit());
  }

  private long limit() {
    if (responseLimit != null && responseLimit < 1) {
      throw new IllegalArgumentException("responseLimit must be >= 1, was " + responseLimit);
    }
    return responseLimit != null ? responseLimit : 0;
  }

  private static long widestFor(long stepSize) {
    return stepSize > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : 1000 * stepSize;
  }

  private TableSettings table() {
    return TableSettings.parse(table, primaryKey, columnTypes(), schema, metadataColumns);
  }

  private Map<String, String> columnTypes() {
    return columns == null
        ? ColumnsText.keyFirst(primaryKey, columnsByName)
        : ColumnsText.parse(columns);
  }
}
