package io.stepsync.store.letters;

import io.stepsync.store.StreamMoments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A row of stepsync_dead_letter. The names are those of {@code dead-letters list --json}, and stay.
 *
 * @param kind record for one that was refused, fetch for an ID without an answer, delete for a row
 *     that the database does not let go
 * @param payload the record as JSON; empty where there is none
 * @param tries how often it was refused
 * @param seenAt when it was refused last
 */
public record StoredDeadLetter(
    String stream, long id, String kind, String reason, String payload, int tries, Instant seenAt) {

  static StoredDeadLetter of(ResultSet row, int number) throws SQLException {
    return new StoredDeadLetter(
        row.getString("stream"),
        row.getLong("id"),
        row.getString("kind"),
        row.getString("reason"),
        row.getString("payload"),
        row.getInt("tries"),
        StreamMoments.moment(row, "seen_at"));
  }
}
