package io.stepsync.jdbc;

import io.stepsync.window.IdWindow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * The rows that a table has of a window, held against the answer to it. Nothing is changed.
 *
 * @param rows how many they are
 * @param lacking how many of them the answer has no record of
 * @param refused of how many of them the answer's record was refused
 * @param different how many of the others the answer would change
 */
public record StoredWindow(long rows, long lacking, long refused, long different) {

  /**
   * Holds a window's rows against its answer.
   *
   * @param connection not in a transaction; not closed
   * @param settings the table's, which must be there as they say
   * @param idColumn the column that takes a record's ID
   * @param soft whether rows that are marked as deleted are left out
   * @param answer without records that the database refuses
   */
  public static StoredWindow of(
      Connection connection,
      TableSettings settings,
      Column idColumn,
      boolean soft,
      IdWindow window,
      WindowRows answer)
      throws SQLException {
    TargetTable table = new TargetTable(connection, settings.withoutVersion());
    MissingRows missing = table.missingRows(idColumn, soft);
    long rows = 0;
    long lacking = 0;
    long refused = 0;
    for (IdWindow range : missing.ranges(window)) {
      rows += count(connection, JdbcCall.named(missing.countAll(), missing.parameters(range)));
      Map<String, Object> parameters = missing.parameters("", range, answer);
      lacking += count(connection, JdbcCall.named(missing.countMissing(), parameters));
      refused += count(connection, JdbcCall.named(missing.countRefused(), parameters));
    }
    long changes = new UpsertTrial(connection, table.upsertStatement()).changesBy(answer);
    long added = answer.rowCount() - (rows - lacking - refused);
    return new StoredWindow(rows, lacking, refused, Math.max(0, changes - Math.max(0, added)));
  }

  private static long count(Connection connection, JdbcCall call) throws SQLException {
    try (PreparedStatement statement = call.prepare(connection);
        ResultSet count = statement.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }
}
