package io.stepsync.jdbc.dialect;

import static java.util.stream.Collectors.joining;

import io.stepsync.jdbc.JdbcCall;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * MariaDB 10.6 and later: INSERT … VALUES where that serves, elsewhere INSERT … ON DUPLICATE KEY
 * UPDATE from the JSON_TABLE of one JSON text a window.
 *
 * <p>MariaDB counts a changed row twice, so the statement returns a row for each one written.
 */
public final class MariaDbDialect extends InnoDbDialect {

  /**
   * The driver sends a part of a batch before it refuses a row that is longer than a packet, and
   * waits then for an answer that does not come. Below what servers take, in any characters.
   */
  private static final long LONGEST_TEXT = 100_000;

  public MariaDbDialect() {
    super("utf8mb4_nopad_bin", "nopad");
  }

  @Override
  public String database() {
    return "MariaDB";
  }

  /**
   * The server ends a connection on which a longer packet comes; the driver refuses to send one, if
   * it knows how long one may be.
   */
  @Override
  public Map<String, String> serverProperties(Opening server) throws SQLException {
    try (Connection connection = server.open()) {
      return Map.of("maxAllowedPacket", ServerValue.of(connection, "@@max_allowed_packet"));
    }
  }

  @Override
  String idleLimit(long seconds, boolean unlessLimited) {
    return "idle_transaction_timeout = "
        + (unlessLimited
            ? "IF(@@idle_transaction_timeout = 0, " + seconds + ", @@idle_transaction_timeout)"
            : seconds);
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    UpsertParts parts = new UpsertParts(this, table);
    return new InsertsByRow(
        Insert.serves(table) ? new Insert(this, table) : parts.statement(joined(table)),
        parts.insertOfRow(i -> "?"),
        (value, i) -> value(value),
        LONGEST_TEXT);
  }

  /** ON DUPLICATE KEY UPDATE has no condition, so only rows that are to be written come to it. */
  private String joined(TableSettings table) {
    String target = quoted(table.table());
    String old = quoted(table.table() + "_");
    UpsertParts parts = new UpsertParts(this, table, old);
    return parts.insert()
        + " LEFT JOIN "
        + target
        + " AS "
        + old
        + " ON "
        + parts.keyEquals()
        + " WHERE "
        + old
        + "."
        + quoted(table.primaryKey().get(0))
        + " IS NULL"
        + (parts.hasChanges() ? " OR (" + parts.isChange(i -> "s.c" + i) + ")" : "")
        + " ON DUPLICATE KEY UPDATE "
        + sameKeys(table, i -> "VALUES(" + parts.quotedName(i) + ")", UnaryOperator.identity())
        + (parts.hasChanges()
            ? ", " + parts.assignments(i -> "VALUES(" + parts.quotedName(i) + ")")
            : "")
        + " RETURNING 1";
  }

  /**
   * MariaDB's INSERT … VALUES … ON DUPLICATE KEY UPDATE, with the condition of a change in the
   * first assignment, that of {@code _stepsync_synced_at}: it looks at the row as it was. The
   * others write what an unchanged row has already. The statement returns 1 for each row that was
   * written now, and 0 for the others.
   *
   * <p>The fastest way into MariaDB, but only for a table with {@code _stepsync_synced_at} and
   * without a version column. Thread-safe.
   */
  private static final class Insert implements UpsertStatement {

    private final int columns;
    private final String head;
    private final String row;
    private final String tail;
    private volatile Sql last;

    Insert(MariaDbDialect dialect, TableSettings table) {
      String now = dialect.now();
      String target = dialect.quoted(table.table());
      String syncedAt = dialect.quoted(TableSettings.SYNCED_AT);
      String deleted = dialect.quoted(TableSettings.DELETED);
      UpsertParts parts = new UpsertParts(dialect, table, target);
      String change = parts.isChange(i -> "VALUES(" + parts.quotedName(i) + ")");
      this.columns = table.columns().size();
      this.head = parts.insertInto() + " VALUES ";
      this.row = "(" + "?,".repeat(columns) + now + ",0)";
      this.tail =
          " ON DUPLICATE KEY UPDATE "
              + Stream.concat(
                      Stream.of(
                          dialect.sameKeys(
                              table,
                              i -> "VALUES(" + parts.quotedName(i) + ")",
                              UnaryOperator.identity()),
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
          parameters.add(value(columnValues.get(column)[i]));
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
}
