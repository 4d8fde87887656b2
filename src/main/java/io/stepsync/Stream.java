package io.stepsync;

import io.stepsync.http.RequestSettings;
import io.stepsync.jdbc.TableSettings;
import java.time.Duration;

/**
 * A stream: one API endpoint that is copied into one table. A bean of this type, in a file under
 * {@code routes/streams} or in the registry of a Camel context, is all that there is to a stream
 * but for its trigger.
 *
 * <p>The setters take anything; {@link #checked} refuses what is wrong. Set up by one thread, then
 * read by many.
 */
public final class Stream extends TableOptions {

  private static final String TABLE_SINK = "direct:stepsync-upsert";
  private static final String RECORDS_ONE_BY_ONE = "direct:stepsync-record-sink";

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

  /**
   * How long ago a stream may have been caught up; after that its readiness check is down. Default
   * none.
   */
  public void setMaxLag(Duration maxLag) {
    this.maxLag = maxLag;
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

  private void checkRecordSink(TableSettings table) {
    if (recordSink != null && (table.hasTable() || !TABLE_SINK.equals(sink))) {
      throw new IllegalArgumentException("recordSink must not be set beside table or sink");
    }
  }

  private int lanes(RequestSettings request) {
    if (lanes > 1 && request.headUrl() == null && !hasMaxId()) {
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
}
