package io.stepsync.jdbc;

/**
 * A record that was refused.
 *
 * <p>Immutable.
 *
 * @param id the record's ID
 * @param reason why it was refused; names the column, its type and the value, shortened
 * @param payload the record, as JSON
 */
public record DeadLetter(long id, String reason, String payload) {}
