package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * MariaDB's INSERT … VALUES … ON DUPLICATE KEY UPDATE, with the condition of a change in the first
 * assignment, that of {@code _stepsync_synced_at}: it looks at the row as it was. The others write
 * what an unchanged row has already. The statement returns 1 for each row that was written now, and
 * 0 for the others.
 *
 * <p>The fastest way into MariaDB, but only for a table with {@code _stepsync_synced_at} and
 * without a version column. Thread-safe.
 */
final class MariaDbInsert implements UpsertStatement {

  private final int columns;
  private final String head;
  private final String row;
  private final String tail;
  private volatile Sql last;

  MariaDbInsert(MariaDbDialect dialect, TableSettings table) {
    String now = dialect.now();
    String target = dialect.quoted(table.table());
    String syncedAt = dialect.quoted(TableSettings.SYNCED_AT);
    String deleted = dialect.quoted(TableSettings.DELETED);
    UpsertParts parts = new UpsertParts(dialect, table, target);
    String change = parts.isChange(i -> "VALUES(" + parts.quotedName(i) + ")");
    this.columns = table.columns().size();
    this.head = "INSERT INTO " + target + " " + parts.columns() + " VALUES ";
    this.row = "(" + "?,".repeat(columns) + now + ",0)";
    this.tail =
        " ON DUPLICATE KEY UPDATE "
            + Stream.concat(
                    Stream.of(
                        dialect.sameKeys(table),
                        syncedAt + " = IF(" + change + ", " + now + ", " + syncedAt + ")",
                        deleted + " = IF(" + deleted + ", FALSE, " + deleted + ")"),
                    parts.valueAssignments(i -> "VALUES(" + parts.quotedName(i) + ")"))
                .collect(joining(", "))
            + " RETURNING "
            + syncedAt
            + " = "
            + now;
  }

  static boolean serves(TableSettings table) {
    return table.metadataColumns() && table.versionColumn() == null;
  }

  @Override
  public JdbcCall writing(List<Object[]> columnValues) throws SQLException {
    int rows = columnValues.get(0).length;
    List<Object> parameters = new ArrayList<>(rows * columns);
    for (int i = 0; i < rows; i++) {
      for (int column = 0; column < columns; column++) {
        parameters.add(MariaDbDialect.value(columnValues.get(column)[i]));
      }
    }
    return new JdbcCall(sql(rows), parameters);
  }

  /** Most windows have as many rows as the one before. */
  private String sql(int rows) {
    Sql sql = last;
    if (sql == null || sql.rows != rows) {
      sql = new Sql(rows, head + row + ("," + row).repeat(rows - 1) + tail);
      last = sql;
    }
    return sql.text;
  }

  private record Sql(int rows, String text) {}
}
