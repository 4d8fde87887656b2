package io.stepsync.camel;

import org.apache.camel.Exchange;

/** The exchange variables that the routes share. */
final class Variables {

  /** The name of the stream to run; set by whoever starts a run. */
  static final String STREAM = "stream";

  /** What the run is for, as {@link RunKind#text} has it; a sync where it is not set. */
  static final String KIND = "kind";

  /** What the trigger was fired for, for each of its lanes. */
  static final String ASKED = "asked";

  /** The number of the lane to run, or to run next; the lowest where it is not set. */
  static final String LANE = "lane";

  /** The {@link Run}. */
  static final String RUN = "run";

  /** The {@link io.stepsync.sync.IdWindow} at hand. */
  static final String WINDOW = "window";

  /** The {@link io.stepsync.jdbc.WindowRows} of the window at hand. */
  static final String ROWS = "rows";

  /** The record at hand, as the API sent it, where a transform makes another of it. */
  static final String RECORD = "record";

  /** Its ID; not there where the record is passed over. */
  static final String RECORD_ID = "recordId";

  private Variables() {}

  static Run run(Exchange exchange) {
    return exchange.getVariable(RUN, Run.class);
  }
}
