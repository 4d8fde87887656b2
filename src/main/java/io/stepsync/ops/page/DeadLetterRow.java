package io.stepsync.ops.page;

import io.stepsync.camel.Failures;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A dead letter as the page shows it.
 *
 * @param kind record, or fetch for an ID without an answer
 * @param payload the record as the API gave it, at most {@value #LONGEST} characters of it
 * @param seenAt milliseconds since 1970
 */
record DeadLetterRow(
    String stream, String id, String kind, String reason, String payload, long seenAt, int tries) {

  private static final int LONGEST = 2000;

  static DeadLetterRow of(ResultSet row, int number) throws SQLException {
    return new DeadLetterRow(
        row.getString("stream"),
        row.getString("id"),
        row.getString("kind"),
        Failures.harmless(row.getString("reason")),
        shortened(Failures.harmless(row.getString("payload"))),
        row.getTimestamp("seen_at").getTime(),
        row.getInt("tries"));
  }

  private static String shortened(String payload) {
    return payload.length() <= LONGEST ? payload : payload.substring(0, LONGEST) + "…";
  }
}
