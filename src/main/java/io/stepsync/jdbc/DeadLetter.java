package io.stepsync.jdbc;

/**
 * A record that was refused.
 *
 * <p>Immutable.
 *
 * @param id the record's ID
 * @param kind {@code record} for one that was refused, {@code fetch} for an ID without an answer
 * @param reason why it was refused; names the column, its type and the value, shortened
 * @param payload the record, as JSON; empty where there is none
 */
public record DeadLetter(long id, String kind, String reason, String payload) {

  /** A record that did not fit its columns, or that the database refused. */
  static final String RECORD = "record";

  /** An ID that the API could not answer for. */
  static final String FETCH = "fetch";
}
