package io.stepsync.bench.rival;

import io.stepsync.bench.api.Columns;
import io.stepsync.bench.database.Sql;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * PostgreSQL's COPY: into a temporary table, from which one statement a window upserts; or straight
 * into the table as long as no record is there yet, and after that as the other.
 */
final class CopyWriter implements WindowWriter {

  private static final String TEMPORARY = "bench_copied";
  private static final String UNIQUE_VIOLATION = "23505";

  private final Connection connection;
  private final CopyManager copy;
  private final PreparedStatement upsert;
  private final String table;
  private boolean straight;

  CopyWriter(Connection connection, Sql sql, boolean straight) throws SQLException {
    this.connection = connection;
    this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
    this.table = sql.table();
    this.straight = straight;
    Sql.execute(
        connection,
        "DROP TABLE IF EXISTS " + TEMPORARY,
        "CREATE TEMPORARY TABLE " + TEMPORARY + " (LIKE " + table + ") ON COMMIT DELETE ROWS");
    this.upsert =
        connection.prepareStatement(sql.text("upsert-copied").replace("${copied}", TEMPORARY));
  }

  @Override
  public void write(List<String[]> records) throws SQLException {
    String text = text(records);
    if (straight) {
      Savepoint before = connection.setSavepoint();
      try {
        copy(table, text);
        connection.releaseSavepoint(before);
        return;
      } catch (SQLException e) {
        if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
          throw e;
        }
        connection.rollback(before);
        straight = false;
      }
    }
    copy(TEMPORARY, text);
    upsert.executeUpdate();
  }

  private void copy(String into, String text) throws SQLException {
    try {
      copy.copyIn("COPY " + into + " FROM STDIN", new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(List<String[]> records) {
    StringBuilder text = new StringBuilder();
    for (String[] record : records) {
      for (int column = 0; column < Columns.COUNT; column++) {
        add(text, record[column]);
        text.append(column < Columns.COUNT - 1 ? '\t' : '\n');
      }
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String value) {
    if (value == null) {
      text.append("\\N");
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char sign = value.charAt(i);
      switch (sign) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(sign);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    upsert.close();
  }
}
