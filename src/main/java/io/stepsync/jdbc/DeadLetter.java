package io.stepsync.jdbc;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A record that was refused, or an ID whose row is to go and cannot.
 *
 * <p>Immutable.
 *
 * @param id the record's ID
 * @param kind {@code record} for one that was refused, {@code fetch} for an ID without an answer,
 *     {@code delete} for one whose row the database does not let go
 * @param reason why it was refused; names the column, its type and the value, shortened
 * @param payload the record, as JSON; empty where there is none
 */
public record DeadLetter(long id, String kind, String reason, String payload) {

  /** A record that did not fit its columns, or that the database refused. */
  static final String RECORD = "record";

  /** An ID that the API could not answer for. */
  static final String FETCH = "fetch";

  /** An ID that the API no longer has, and whose row the database does not let go. */
  static final String DELETE = "delete";

  /** Tells whether it is an ID that the API could not answer for. */
  public boolean isFetch() {
    return kind.equals(FETCH);
  }

  /** Returns the same with another reason. */
  public DeadLetter masked(UnaryOperator<String> mask) {
    return new DeadLetter(id, kind, mask.apply(reason), payload);
  }

  /** What a reason has after its rule: the value, or the row. */
  private static final Pattern VALUES = Pattern.compile("(, was | Detail: ).*", Pattern.DOTALL);

  /** What MariaDB says of the connection, the row's place in its statement, and the key's value. */
  private static final Pattern PLACES =
      Pattern.compile("^\\(conn=\\d+\\) | at row \\d+|(?<=Duplicate entry )'.*'(?= for key)");

  /** Where an answer is no JSON, with the text around it, up to what its parser expected. */
  private static final Pattern IN_ANSWER =
      Pattern.compile("(?<=^the answer is no valid JSON) at line .*(?=: )", Pattern.DOTALL);

  /** A byte that UTF-8 has no place for; which, and where, is a matter of the text. */
  private static final Pattern BYTE = Pattern.compile("(?<=Invalid UTF-8) \\w+ byte 0x\\w+");

  /** The path, which may have an ID, and the body of an answer that tells of a failure. */
  private static final Pattern STATUS =
      Pattern.compile("^(the API answered) .* (with status \\d+):.*", Pattern.DOTALL);

  /** How much of an answer was there in time. */
  private static final Pattern SO_FAR = Pattern.compile("(?<= but) only \\d+ bytes");

  /** Returns what a reason says without its values: the same for all that break the same rule. */
  public static String rule(String reason) {
    String rule = IN_ANSWER.matcher(reason).replaceFirst(""); // its text may have anything
    rule = VALUES.matcher(rule).replaceFirst("");
    rule = PLACES.matcher(rule).replaceAll("");
    rule = BYTE.matcher(rule).replaceFirst("");
    rule = SO_FAR.matcher(rule).replaceFirst(" not all");
    return STATUS.matcher(rule).replaceFirst("$1 $2");
  }
}
