package io.stepsync.jdbc.table;

import io.stepsync.jdbc.table.FoundColumn.Trait;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the database's catalog says of a table. Each method asks it again. Not thread-safe.
 *
 * <p>The queries that a dialect brings take the schema and the table as parameters, and give texts.
 */
public final class FoundTable {

  private final Connection connection;
  private final DatabaseMetaData metaData;
  private final TableName table;
  private final boolean inSchemas;

  /** Looks for {@code table}, in the schema of {@code connection} if it names none. */
  public FoundTable(Connection connection, TableName table) throws SQLException {
    this.connection = connection;
    this.metaData = connection.getMetaData();
    this.inSchemas = metaData.supportsSchemasInTableDefinitions();
    this.table = resolved(connection, table);
  }

  /** Returns the table's name with its schema; that is a catalog where there are no schemas. */
  public static TableName resolved(Connection connection, TableName table) throws SQLException {
    boolean inSchemas = connection.getMetaData().supportsSchemasInTableDefinitions();
    return table.within(inSchemas ? connection.getSchema() : connection.getCatalog());
  }

  /** Returns the table's schema; that is a catalog where there are no schemas. */
  public String schema() {
    return table.schema();
  }

  /** Tells whether the table's schema is there. */
  public boolean hasSchema() throws SQLException {
    try (ResultSet found = inSchemas ? metaData.getSchemas() : metaData.getCatalogs()) {
      while (found.next()) {
        if (found.getString(1).equals(table.schema())) {
          return true;
        }
      }
      return false;
    }
  }

  /** Returns what the table is, such as {@code VIEW}; nothing if it is not there. */
  public Optional<String> kind() throws SQLException {
    try (ResultSet found =
        metaData.getTables(catalog(), schemaPattern(), escaped(metaData, table.name()), null)) {
      return found.next() ? Optional.of(found.getString("TABLE_TYPE")) : Optional.empty();
    }
  }

  /**
   * Returns the table's columns, in order; none if it is not there.
   *
   * @param traits a query for rows of a column's name, a detail, the names of its {@link Trait}s
   *     with commas between, and its decimals of a second, or null if the driver tells them;
   *     nothing where the driver tells all
   */
  public List<FoundColumn> columns(Optional<String> traits) throws SQLException {
    List<FoundColumn> columns = new ArrayList<>();
    try (ResultSet found =
        metaData.getColumns(catalog(), schemaPattern(), escaped(metaData, table.name()), "%")) {
      while (found.next()) {
        columns.add(column(found));
      }
    }
    // asked last, or a column that another process makes meanwhile would have none
    Map<String, Traits> known = traits.isPresent() ? traits(traits.get()) : Map.of();
    return columns.stream()
        .map(column -> with(known.getOrDefault(column.name(), Traits.NONE), column))
        .toList();
  }

  private static FoundColumn column(ResultSet found) throws SQLException {
    String byDefault = found.getString("COLUMN_DEF");
    boolean hasDefault = byDefault != null && !byDefault.equalsIgnoreCase("NULL");
    boolean nullable = found.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
    boolean numbered = isYes(found.getString("IS_AUTOINCREMENT"));
    boolean generated = isYes(found.getString("IS_GENERATEDCOLUMN"));
    return new FoundColumn(
        found.getString("COLUMN_NAME"),
        found.getString("TYPE_NAME"),
        found.getInt("COLUMN_SIZE"),
        found.getInt("DECIMAL_DIGITS"),
        nullable || hasDefault || numbered || generated,
        !hasDefault && !numbered && !generated && isEmpty(found.getString("REMARKS")),
        nullable,
        generated && !numbered,
        Set.of(),
        null);
  }

  private static FoundColumn with(Traits traits, FoundColumn column) {
    return new FoundColumn(
        column.name(),
        column.type(),
        column.size(),
        traits.decimals != null ? traits.decimals : column.decimals(),
        column.optional(),
        column.plain(),
        column.nullable(),
        column.generated() && !traits.traits.contains(Trait.COMPUTED_DEFAULT),
        traits.traits,
        traits.detail);
  }

  private static boolean isYes(String text) {
    return "YES".equals(text);
  }

  private static boolean isEmpty(String text) {
    return text == null || text.isEmpty();
  }

  private record Traits(Set<Trait> traits, String detail, Integer decimals) {
    static final Traits NONE = new Traits(Set.of(), null, null);
  }

  private Map<String, Traits> traits(String query) throws SQLException {
    Map<String, Traits> traits = new LinkedHashMap<>();
    for (List<String> row : rows(query, 4)) {
      Set<Trait> some = EnumSet.noneOf(Trait.class);
      Arrays.stream(row.get(2).split(","))
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .map(Trait::valueOf)
          .forEach(some::add);
      Integer decimals = row.get(3) == null ? null : Integer.valueOf(row.get(3));
      traits.put(row.get(0), new Traits(some, row.get(1), decimals));
    }
    return traits;
  }

  /**
   * Returns the table's unique indexes, its primary key among them.
   *
   * @param query a query for rows of an index's name, a column's name, and why the index is no key
   *     for an upsert, or null, in the order of the columns; nothing where the driver tells all
   */
  public List<FoundIndex> uniqueIndexes(Optional<String> query) throws SQLException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (List<String> row : query.isPresent() ? rows(query.get(), 3) : indexInfo()) {
      columns.computeIfAbsent(row.get(0), name -> new ArrayList<>()).add(row.get(1));
      if (row.get(2) != null) {
        problems.put(row.get(0), row.get(2));
      }
    }
    return columns.entrySet().stream()
        .map(
            index -> new FoundIndex(index.getKey(), index.getValue(), problems.get(index.getKey())))
        .toList();
  }

  private List<List<String>> indexInfo() throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    String schema = inSchemas ? table.schema() : null;
    try (ResultSet index = metaData.getIndexInfo(catalog(), schema, table.name(), true, true)) {
      while (index.next()) {
        if (index.getString("COLUMN_NAME") != null) {
          boolean whole = isEmpty(index.getString("FILTER_CONDITION"));
          rows.add(
              Arrays.asList(
                  index.getString("INDEX_NAME"),
                  index.getString("COLUMN_NAME"),
                  whole ? null : "is of some rows alone"));
        }
      }
    }
    return rows;
  }

  /**
   * Returns the names of triggers that are called before a row is written, and may change it.
   *
   * @param query a query for rows of a name
   */
  public List<String> triggersBefore(String query) throws SQLException {
    return rows(query, 1).stream().map(row -> row.get(0)).toList();
  }

  private List<List<String>> rows(String query, int columns) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          String[] row = new String[columns];
          for (int i = 0; i < columns; i++) {
            row[i] = found.getString(i + 1);
          }
          rows.add(Arrays.asList(row));
        }
      }
      return rows;
    }
  }

  private String catalog() throws SQLException {
    return inSchemas ? connection.getCatalog() : table.schema();
  }

  private String schemaPattern() throws SQLException {
    return inSchemas && table.schema() != null ? escaped(metaData, table.schema()) : null;
  }

  /** Returns a name as a pattern that it alone fits, which is what the catalog is asked by. */
  private static String escaped(DatabaseMetaData metaData, String name) throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  /**
   * A unique index, or a primary key, that a table has.
   *
   * <p>Immutable.
   *
   * @param name its name
   * @param columns its columns, in order
   * @param problem why it is no key for an upsert, such as {@code is deferrable}; null for none
   */
  public record FoundIndex(String name, List<String> columns, String problem) {

    public FoundIndex {
      columns = List.copyOf(columns);
    }
  }
}
