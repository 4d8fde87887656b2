package io.stepsync.jdbc;

import io.stepsync.jdbc.TableSettings.SchemaMode;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stream's table in the database: makes it, adds columns to it, or refuses one that does not fit.
 *
 * <p>Not thread-safe.
 */
public final class TargetTable {

  private final Connection connection;
  private final Dialect dialect;
  private final TableSettings settings;

  /** Works on the table that {@code settings} describe, in the schema of {@code connection}. */
  public TargetTable(Connection connection, TableSettings settings) throws SQLException {
    this.connection = connection;
    this.dialect = Dialects.of(connection);
    this.settings = settings;
  }

  /**
   * Brings the table to what the stream needs, as far as {@code schema} allows.
   *
   * @throws IllegalStateException if the table is missing, lacks a column or its key, or has a
   *     column of another type
   */
  public void prepare() throws SQLException {
    for (String sql : changes()) {
      execute(sql);
    }
  }

  /**
   * Returns the statements by which {@link #prepare} would bring the table to what the stream
   * needs; none where it is so already.
   *
   * @throws IllegalStateException as {@link #prepare} does
   */
  public List<String> changes() throws SQLException {
    dialect.requireExact(connection);
    Map<String, String> existing = columns(settings.table());
    if (existing.isEmpty()) {
      refuseUnless(settings.schema() != SchemaMode.VALIDATE, "is missing");
      return List.of(dialect.createTable(settings));
    }
    List<String> changes = new ArrayList<>();
    for (Column column : settings.allColumns()) {
      String found = existing.get(column.name());
      if (found == null) {
        changes.add(adding(column));
      } else {
        String wanted = dialect.catalogType(column.type());
        refuseUnless(
            found.equals(wanted),
            "column " + column.name() + " must be " + wanted + ", was " + found);
      }
    }
    refuseUnless(
        keys().contains(Set.copyOf(settings.primaryKey())),
        "must have the primary key or a unique index " + settings.primaryKey());
    return changes;
  }

  /**
   * Tells whether the user may do what {@link #changes} says. Where the database can roll a change
   * back it is tried, on a connection that is not in a transaction; elsewhere the user's privileges
   * are read, and a role is believed to have them. Nothing is changed.
   *
   * @throws SQLException as the database would for a change that it refuses
   */
  public boolean mayChange() throws SQLException {
    if (dialect.privilegesQuery().isEmpty()) {
      tryChanges();
      return true;
    }
    try (Statement statement = connection.createStatement();
        ResultSet privileges = statement.executeQuery(dialect.privilegesQuery().get())) {
      privileges.next();
      return privileges.getLong(1) > 0;
    }
  }

  /** Returns how many rows the table has. */
  public long rows() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT COUNT(*) FROM " + dialect.quoted(settings.table()))) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Tells whether the table is there. */
  public boolean exists() throws SQLException {
    return !columns(settings.table()).isEmpty();
  }

  private void tryChanges() throws SQLException {
    connection.setAutoCommit(false);
    try {
      prepare();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Returns the statement that writes a window's rows. */
  public UpsertStatement upsertStatement() {
    return dialect.upsert(settings);
  }

  /** Returns the statements on the rows that a whole answer lacks. */
  public MissingRows missingRows(Column idColumn, boolean soft) {
    return new MissingRows(dialect, settings, idColumn, soft);
  }

  private String adding(Column column) {
    refuseUnless(settings.schema() == SchemaMode.EVOLVE, "lacks the column " + column.name());
    return "ALTER TABLE "
        + dialect.quoted(settings.table())
        + " ADD COLUMN "
        + dialect.quoted(column.name())
        + " "
        + dialect.typeName(column, settings);
  }

  private Map<String, String> columns(String table) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    String pattern = escaped(metaData, table);
    Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet columns =
        metaData.getColumns(connection.getCatalog(), connection.getSchema(), pattern, "%")) {
      while (columns.next()) {
        types.put(
            columns.getString("COLUMN_NAME"),
            dialect.catalogType(
                columns.getString("TYPE_NAME"),
                columns.getInt("COLUMN_SIZE"),
                columns.getInt("DECIMAL_DIGITS")));
      }
    }
    return types;
  }

  /** Returns a name as a pattern that it alone fits, which is what the catalog is asked by. */
  public static String escaped(DatabaseMetaData metaData, String name) throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private Set<Set<String>> keys() throws SQLException {
    Map<String, Set<String>> indexes = new LinkedHashMap<>();
    try (ResultSet index =
        connection
            .getMetaData()
            .getIndexInfo(
                connection.getCatalog(), connection.getSchema(), settings.table(), true, true)) {
      while (index.next()) {
        if (index.getString("COLUMN_NAME") != null) {
          indexes
              .computeIfAbsent(index.getString("INDEX_NAME"), name -> new HashSet<>())
              .add(index.getString("COLUMN_NAME"));
        }
      }
    }
    return Set.copyOf(indexes.values());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void refuseUnless(boolean fits, String problem) {
    if (!fits) {
      throw new IllegalStateException("table " + settings.table() + " " + problem);
    }
  }
}
