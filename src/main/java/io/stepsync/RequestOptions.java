package io.stepsync;

import io.stepsync.http.RequestSettings;
import java.time.Duration;

/** The settings of a {@link Stream} that say how a window is asked. */
abstract class RequestOptions {

  private String url;
  private String startParam = "start_id";
  private String endParam = "end_id";
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration responseTimeout = Duration.ofSeconds(30);
  private int maxResponseBytes = 64 * 1024 * 1024;
  private String records = "/data";
  private String id = "id";
  private String headUrl;
  private String head = "/max";

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

  /** Where the API tells its highest ID, http or https. Default none. */
  public void setHeadUrl(String headUrl) {
    this.headUrl = headUrl;
  }

  /** A JSON Pointer to the highest ID in the answer of headUrl. Default /max. */
  public void setHead(String head) {
    this.head = head;
  }

  final RequestSettings request() {
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
}
