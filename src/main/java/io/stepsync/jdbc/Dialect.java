package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import io.stepsync.jdbc.table.FoundTable;
import io.stepsync.jdbc.table.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What differs from one database to the next; a class a database, with a public constructor without
 * parameters, which {@code META-INF/services/io.stepsync.jdbc.Dialect} of its jar names. {@link
 * Dialects} finds it by {@link #urlWord} before the database is opened, and by {@link #isProduct}
 * after that: no two may be of one database.
 *
 * <p>One instance serves all threads and streams, so it must be thread-safe, best by having no
 * state. What a method returns depends on its arguments alone; none returns null. Methods that have
 * a {@link Connection} leave it open and change nothing; what the database says goes on as it is.
 * SQL is of one statement, without a semicolon, and names are {@linkplain #quoted(String) quoted}.
 * Parameters are in camel-jdbc's notation, {@code :?name}, but for queries that say otherwise. All
 * moments are UTC. {@code io.stepsync.jdbc.dialect.UpsertParts} has what most upserts share.
 *
 * <p>A method with a body is for what most databases need not say. What all must do is told by the
 * tests of {@code DatabaseCompatibilityTest}, which a dialect of one's own can be held to:
 * docs/dialects.md.
 */
public interface Dialect {

  /** Returns the database's name, as its maker writes it; not empty. */
  String database();

  /**
   * Returns the word after {@code jdbc:} in the database's URLs; letters, digits and underscores.
   */
  default String urlWord() {
    return database().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether a database is this one.
   *
   * @param product what the driver's {@link java.sql.DatabaseMetaData#getDatabaseProductName} says
   */
  default boolean isProduct(String product) {
    return product.equals(database());
  }

  /**
   * Returns how long the first connection may have to wait, if the driver's default is too short.
   */
  default Optional<Duration> longestOpening() {
    return Optional.empty();
  }

  /**
   * Returns the properties that a pool hands to the driver. What a URL says of them holds.
   *
   * @param longestAnswer a connection whose server says nothing for longer is ended
   */
  default Map<String, String> driverProperties(Duration longestAnswer) {
    return Map.of();
  }

  /** Returns further such properties, which only the server can tell. */
  default Map<String, String> serverProperties(Opening server) throws SQLException {
    return Map.of();
  }

  /** Opens a connection, for a question before there is a pool. */
  interface Opening {
    Connection open() throws SQLException;
  }

  /**
   * Returns the SQLSTATE that says what an exception means, if it is this database's and has none
   * or another. Of a class 22 or 23 a row is refused, for which the others of its window are
   * written without it; 08 and 40 may pass, and are tried again; 54001 is a statement that is too
   * long, which is cut; 42501 is something that the user may not do; others end the run.
   *
   * @param e of any database: it must be told apart from others'
   */
  default Optional<String> sqlState(SQLException e) {
    return Optional.empty();
  }

  /**
   * Returns the statement that each connection of a pool begins with; nothing where it needs none.
   *
   * @param longestIdle the server ends a transaction that stands still for longer
   * @param unlessLimited whether another limit that the server or the URL has, stays
   */
  default Optional<String> sessionStart(Duration longestIdle, boolean unlessLimited) {
    return Optional.empty();
  }

  /**
   * Returns the file that a URL names, if the database is a file that is made where it is missing.
   */
  default Optional<Path> file(String url) {
    return Optional.empty();
  }

  /**
   * Returns a connection as stepsync needs it, if the driver gives another: one that takes and
   * gives moments as {@link java.time.OffsetDateTime} and {@link java.sql.Timestamp}, and takes
   * {@code CURRENT_TIMESTAMP} with decimals, {@code SUBSTRING(… FROM 1 FOR …)}, {@code POSITION(…
   * IN …)} and {@code SELECT … FOR UPDATE}. One that was made so already may be made so again.
   */
  default Connection adapted(Connection connection) {
    return connection;
  }

  /** Returns what people should know of the database, in a line, if it is unlike others. */
  default Optional<String> note() {
    return Optional.empty();
  }

  /**
   * Returns the script in Quartz's jar that makes its tables; nothing where machines cannot share
   * the database.
   */
  default Optional<String> quartzScript() {
    return Optional.empty();
  }

  /**
   * Returns the query that counts what allows the user to make and alter tables in the schema that
   * is its parameter; nothing where the database can roll such a change back, so that it can be
   * tried.
   */
  default Optional<String> privilegesQuery() {
    return Optional.empty();
  }

  /**
   * Returns what the names in the migrations of stepsync's own tables stand for, {@code
   * stepsync/db/migration} in the jar: {@code table}, how a CREATE of a table that grows begins;
   * {@code text}, the type of a text of any length; {@code timestamp}, that of a moment with
   * microseconds; {@code options}, what stands behind the columns.
   */
  Map<String, String> placeholders();

  /**
   * Returns the SQL type that keeps values of {@code type} as they are: that of the SQL standard
   * where the database has it. A FLOAT is kept with 64 bits, so that it is never rounded; JSON and
   * XML are kept as they were written.
   */
  default String typeName(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case SHORT -> "SMALLINT";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DECIMAL -> type.toString();
      case FLOAT, DOUBLE -> "DOUBLE PRECISION";
      case NAIVE_DATE -> "DATE";
      case NAIVE_TIME -> "TIME(9)";
      case NAIVE_DATETIME -> "TIMESTAMP(9)";
      case UTC_DATETIME -> "TIMESTAMP(9) WITH TIME ZONE";
      case BINARY -> "BINARY LARGE OBJECT";
      case JSON, XML, STRING -> "CHARACTER LARGE OBJECT";
    };
  }

  /**
   * Returns the SQL type of a column of {@code table}, as in a CREATE TABLE; another one where a
   * key takes no column of any length.
   */
  default String typeName(Column column, TableSettings table) {
    return typeName(column.type());
  }

  /**
   * Returns the type that the database's catalog shows for a column of {@code type}, to compare
   * with {@link #catalogType(String, int, int)}.
   */
  default String catalogType(ColumnType type) {
    return type.kind() == ColumnType.Kind.DECIMAL
        ? type.toString()
        : typeName(type).replaceAll("\\(\\d+\\)", "");
  }

  /** Returns what the catalog shows, without lengths, which are the user's own choice. */
  default String catalogType(String typeName, int size, int decimals) {
    String name = typeName.toUpperCase(Locale.ROOT);
    return name.equals("DECIMAL") || name.equals("NUMERIC")
        ? "DECIMAL(" + size + "," + decimals + ")"
        : name;
  }

  /**
   * Returns the query that {@link FoundTable#columns} wants for what drivers do not tell of
   * columns: collations, and what the database makes of values. Nothing where there is no such
   * thing.
   */
  default Optional<String> columnTraits() {
    return Optional.empty();
  }

  /**
   * Returns the query that {@link FoundTable#uniqueIndexes} wants; nothing where the driver tells
   * all.
   */
  default Optional<String> uniqueIndexes() {
    return Optional.empty();
  }

  /**
   * Returns the query that {@link FoundTable#triggersBefore} wants, for those that are called
   * before a row is written.
   */
  default String triggersBefore() {
    return "SELECT DISTINCT trigger_name"
        + " FROM information_schema.triggers WHERE event_object_schema = ?"
        + " AND event_object_table = ? AND action_timing <> 'AFTER' ORDER BY 1";
  }

  /**
   * Returns the statement that gives a column of the table the type that the stream has for it.
   *
   * @param nullable whether the column takes null, which it shall do after that as before
   */
  default String widening(TableSettings table, Column column, boolean nullable) {
    return "ALTER TABLE %s ALTER COLUMN %s SET DATA TYPE %s"
        .formatted(quoted(table.table()), quoted(column.name()), typeName(column, table));
  }

  /**
   * Returns the rule that a name of a schema, table or column breaks, such as {@code at most 64
   * characters}; nothing where the database takes it as it is.
   */
  default Optional<String> nameRule(String name) {
    return Optional.empty();
  }

  /** Returns the same for all names that the database takes for those of one column. */
  default String columnName(String name) {
    return name;
  }

  /** Returns the statement that makes the table of a stream, as {@link #placeholders} have it. */
  default String createTable(TableSettings table) {
    Stream<String> columns =
        table.allColumns().stream()
            .map(column -> quoted(column.name()) + " " + typeName(column, table));
    String key = table.primaryKey().stream().map(this::quoted).collect(joining(", "));
    Map<String, String> words = placeholders();
    return "CREATE "
        + words.get("table")
        + " "
        + quoted(table.table())
        + " ("
        + Stream.concat(columns, Stream.of("PRIMARY KEY (" + key + ")")).collect(joining(", "))
        + ")"
        + words.get("options");
  }

  /**
   * Returns the statement that inserts a window's rows, or updates those that are there and differ,
   * unless they are newer. Its update count is the number of rows that were inserted or changed. A
   * database that counts otherwise returns rows of one number instead, of which as many are not 0,
   * or has a {@linkplain UpsertStatement#unchangedQuery query} for the others.
   */
  UpsertStatement upsert(TableSettings table);

  /**
   * Returns a derived table, with its alias, out of the parameters that {@link #parameters} makes:
   * out of one array a column where the database has arrays.
   *
   * @param prefix of the parameters' names and the derived columns' names: {@code :?c0}, {@code c0}
   */
  default String rows(String alias, List<Column> columns, String prefix) {
    StringJoiner arrays = new StringJoiner(", ");
    StringJoiner names = new StringJoiner(", ");
    for (int i = 0; i < columns.size(); i++) {
      String type = typeName(columns.get(i).type());
      arrays.add("CAST(:?" + prefix + i + " AS " + type + " ARRAY)");
      names.add(prefix + i);
    }
    return "UNNEST(" + arrays + ") AS " + alias + " (" + names + ")";
  }

  /**
   * Returns the parameters of {@link #rows}, by their names: one array a column.
   *
   * @param values one array a column, as {@link WindowRows#columnValues} has them
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  default Map<String, Object> parameters(String prefix, List<Column> columns, List<Object[]> values)
      throws SQLException {
    Map<String, Object> parameters = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      parameters.put(prefix + i, values.get(i));
    }
    return parameters;
  }

  /**
   * Refuses a connection whose settings would let the database change values that do not fit.
   *
   * @throws IllegalStateException naming the setting, its rule and its value
   */
  default void requireExact(Connection connection) throws SQLException {}

  /**
   * Returns what makes of a table's name, as it is written in a stream, the name by which the
   * database behind {@code connection} knows it: the same for two names of one table. A name is
   * always quoted, so most databases know it as it is written.
   */
  default UnaryOperator<String> tableNames(Connection connection) throws SQLException {
    return UnaryOperator.identity();
  }

  /** Returns the expression for this moment, as a UTC_DATETIME is kept. */
  default String now() {
    return "CURRENT_TIMESTAMP";
  }

  /** Returns the expression for a value of {@code type} as a text, the same for the same values. */
  String text(ColumnType type, String value);

  /** Returns the expression for the number of characters of a text. */
  default String characters(String text) {
    return "CHAR_LENGTH(" + text + ")";
  }

  /**
   * Returns the expression for a text of at most 19 digits as a BIGINT; null where it has others.
   */
  String wholeNumber(String text);

  /** Returns the expression for this moment in microseconds since 1970, as a BIGINT. */
  String microseconds();

  /** Returns the condition that two values of a type differ, or that one of them is null. */
  default String differ(ColumnType type, String one, String other) {
    return one + " IS DISTINCT FROM " + other;
  }

  /** Returns the condition that two values of a key's column are the same. */
  default String same(ColumnType type, String one, String other) {
    return one + " = " + other;
  }

  /**
   * Returns the statement that checks now what constraints would check at a commit; nothing where
   * the database has no such constraints.
   */
  default Optional<String> checkOfDeferred() {
    return Optional.empty();
  }

  /** Returns {@code name} as a quoted identifier. */
  default String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns the name of a table, and of its schema where it has one, as quoted identifiers. */
  default String quoted(TableName table) {
    return (table.schema() == null ? "" : quoted(table.schema()) + ".") + quoted(table.name());
  }
}
