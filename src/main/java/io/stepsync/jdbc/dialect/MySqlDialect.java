package io.stepsync.jdbc.dialect;

import static java.util.stream.Collectors.joining;

import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MySQL 8.0.20 and later: INSERT … ON DUPLICATE KEY UPDATE from the JSON_TABLE of one JSON text a
 * window.
 *
 * <p>MySQL counts a changed row twice, and an unchanged one as the driver has it, and returns no
 * rows: the statement counts the rows that it leaves alone in a variable of the session, which it
 * sets to 0 itself.
 */
public final class MySqlDialect extends InnoDbDialect {

  private static final String UNCHANGED = "@stepsync_unchanged";
  private static final String CHANGED = "@stepsync_changed";

  /** What MySQL has for it unless it is told otherwise. */
  private static final int DEFAULT_WAIT_TIMEOUT = 28_800;

  /** The first that has all that is used here. */
  private static final int[] OLDEST = {8, 0, 20};

  public MySqlDialect() {
    super("utf8mb4_0900_bin", "0900");
  }

  @Override
  public String database() {
    return "MySQL";
  }

  /** MySQL has no limit for transactions, only one for all that stands still. */
  @Override
  String idleLimit(long seconds, boolean unlessLimited) {
    return unlessLimited
        ? "wait_timeout = CAST(IF(@@wait_timeout = %d, %d, @@wait_timeout) AS SIGNED)"
            .formatted(DEFAULT_WAIT_TIMEOUT, seconds)
        : "wait_timeout = " + seconds;
  }

  /** Unlike a text, a JSON of MySQL does not keep what it was given. */
  @Override
  public String catalogType(String typeName, int size, int decimals) {
    return typeName.equals("JSON") ? typeName : super.catalogType(typeName, size, decimals);
  }

  @Override
  String indexed() {
    return "COALESCE(column_name, expression), CASE"
        + " WHEN expression IS NOT NULL THEN 'is of an expression'"
        + " WHEN sub_part IS NOT NULL THEN 'is of the beginning of its texts alone' END";
  }

  @Override
  public void requireExact(Connection connection) throws SQLException {
    requireMySql(connection.getMetaData());
    super.requireExact(connection);
  }

  /** Connector/J looks for a table by a pattern in which it has escaped underscores so. */
  @Override
  void requireMode(String mode) {
    if (mode.contains("NO_BACKSLASH_ESCAPES")) {
      throw new IllegalStateException("sql_mode must not have NO_BACKSLASH_ESCAPES, was " + mode);
    }
    super.requireMode(mode);
  }

  private static void requireMySql(DatabaseMetaData server) throws SQLException {
    String version = server.getDatabaseProductVersion();
    if (version.contains("MariaDB")) {
      throw new IllegalStateException(
          "the URL of a MariaDB must begin with jdbc:mariadb:, was jdbc:mysql:");
    }
    if (!isKnown(version)) {
      throw new IllegalStateException("MySQL must be 8.0.20 or later, was " + version);
    }
  }

  private static boolean isKnown(String version) {
    int[] numbers =
        Stream.of(version.replaceFirst("[^0-9.].*", "").split("\\."))
            .mapToInt(Integer::parseInt)
            .toArray();
    return Arrays.compare(numbers, OLDEST) >= 0;
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    String target = quoted(table.table());
    UpsertParts parts = new UpsertParts(this, table, target);
    return parts.statement(upsert(table, target, parts), Optional.of("SELECT " + UNCHANGED));
  }

  /**
   * The first assignment looks at the row as it was, and tells the others what to do. A comma
   * joins, as MySQL would take the ON behind a JOIN for its own.
   */
  private String upsert(TableSettings table, String target, UpsertParts parts) {
    String change = parts.hasChanges() ? parts.isChange(i -> "s.c" + i) : "FALSE";
    Stream<String> metadata =
        table.metadataColumns()
            ? Stream.of(
                ifChanged(target, quoted(TableSettings.SYNCED_AT), now()),
                ifChanged(target, quoted(TableSettings.DELETED), "FALSE"))
            : Stream.empty();
    return parts.insertInto()
        + " SELECT "
        + parts.values()
        + " FROM (SELECT "
        + UNCHANGED
        + " := 0) AS z, "
        + parts.rows()
        + " ON DUPLICATE KEY UPDATE "
        + sameKeys(table, i -> "s.c" + i, key -> counted(change, key))
        + Stream.concat(
                parts
                    .valueIndexes()
                    .mapToObj(i -> ifChanged(target, parts.quotedName(i), "s.c" + i)),
                metadata)
            .map(assignment -> ", " + assignment)
            .collect(joining());
  }

  private static String counted(String change, String key) {
    return "IF(%s := %s, %s, IF(%s := %s + 1, %s, %s))"
        .formatted(CHANGED, change, key, UNCHANGED, UNCHANGED, key, key);
  }

  private static String ifChanged(String target, String name, String fresh) {
    return name + " = IF(" + CHANGED + ", " + fresh + ", " + target + "." + name + ")";
  }
}
