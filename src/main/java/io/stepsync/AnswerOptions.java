package io.stepsync;

import io.stepsync.http.AnswerFormat;

/** The settings of a {@link Stream} that say what the API's answers look like. */
abstract class AnswerOptions extends AuthOptions {

  private String format = "json";
  private String records;
  private String id = "id";
  private boolean idFromPosition = false;
  private String emptyStatus = "204";
  private String errors = "/errors";
  private boolean emptyWithoutArray = false;
  private int maxResponseBytes = 64 * 1024 * 1024;

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

  final AnswerFormat format(boolean single) {
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
}
