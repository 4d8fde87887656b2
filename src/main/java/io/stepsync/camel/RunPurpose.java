package io.stepsync.camel;

import io.stepsync.StreamSettings;
import io.stepsync.http.RecordId;
import io.stepsync.http.RequestSettings;
import java.time.Instant;

/** What a run is for, and with which settings: what does not change from its start on. */
abstract class RunPurpose {

  private final String id;
  private final RunKind kind;
  private final int lane;
  final StreamSettings settings;
  private final RecordId recordId;
  private final Instant started;
  private String node;

  RunPurpose(String id, RunKind kind, int lane, StreamSettings settings, Instant started) {
    this.id = id;
    this.kind = kind;
    this.lane = lane;
    this.settings = settings;
    this.recordId = new RecordId(settings.request().format().id());
    this.started = started;
  }

  /** Whether the run reads all IDs below the checkpoint again. */
  public boolean isRefresh() {
    return kind == RunKind.REFRESH;
  }

  /** Whether the run writes nothing. */
  public boolean isDry() {
    return kind == RunKind.DRY_RUN;
  }

  /** Whether the run only goes over the dead letters again. */
  public boolean isOnlyDeadLetters() {
    return kind == RunKind.RETRY;
  }

  /** The run's ID. */
  public String getId() {
    return id;
  }

  /** The stream's name. */
  public String getStream() {
    return settings.name();
  }

  /** The number of the stream's lane that is run; 0 for the lowest. */
  public int getLane() {
    return lane;
  }

  /** The stream's name, with the lane's number where it has several. */
  final String shownName() {
    boolean several = lane > 0 || settings.lanes() > 1;
    return several ? settings.name() + " lane " + lane : settings.name();
  }

  /** The stream's settings. */
  public StreamSettings getSettings() {
    return settings;
  }

  /** How a window is asked. */
  public RequestSettings getRequest() {
    return settings.request();
  }

  /** The endpoint that makes another record of each; null for none. */
  public String getTransform() {
    return settings.transform();
  }

  /** The endpoint that takes a window's records. */
  public String getSink() {
    return settings.sink();
  }

  /** The endpoint that takes the records one by one; null for none. */
  public String getRecordSink() {
    return settings.recordSink();
  }

  RunKind kind() {
    return kind;
  }

  RecordId recordId() {
    return recordId;
  }

  Instant started() {
    return started;
  }

  /** Tells on which node of a cluster it runs; null for none. */
  void startsOn(String nodeName) {
    node = nodeName;
  }

  String node() {
    return node;
  }
}
