package io.stepsync.cluster;

import io.stepsync.store.OwnTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;

/**
 * Makes the tables of Quartz where they are missing, as the script in its jar does, but for what
 * that drops. Flyway sees to it that one node makes them.
 */
final class QuartzTables implements JavaMigration {

  private static final Pattern TABLE = Pattern.compile("(?m)^CREATE TABLE ([^;]*)");

  private static final Pattern INDEX =
      Pattern.compile("(?m)^CREATE INDEX (\\w+)\\s+ON\\s+(\\w+)[^;]*");

  private final String script;

  private QuartzTables(String script) {
    this.script = script;
  }

  /**
   * @param script the name of Quartz's script for the database
   */
  static void make(DataSource database, String script) {
    OwnTables.migrate(
        Flyway.configure()
            .dataSource(database)
            .locations(new String[0])
            .table("stepsync_quartz_history")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .javaMigrations(new QuartzTables(script))
            .load());
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1");
  }

  @Override
  public String getDescription() {
    return "quartz tables";
  }

  @Override
  public Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException, IOException {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      for (MatchResult table : created(TABLE)) {
        statement.execute("CREATE TABLE IF NOT EXISTS " + table.group(1));
      }
      for (MatchResult index : created(INDEX)) {
        if (!isThere(index.group(1), index.group(2), connection)) {
          statement.execute(index.group());
        }
      }
    }
  }

  /** MySQL has no IF NOT EXISTS for an index. */
  private static boolean isThere(String index, String table, Connection connection)
      throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String name = database.storesLowerCaseIdentifiers() ? table.toLowerCase(Locale.ROOT) : table;
    try (ResultSet indexes =
        database.getIndexInfo(connection.getCatalog(), connection.getSchema(), name, false, true)) {
      while (indexes.next()) {
        if (index.equalsIgnoreCase(indexes.getString("INDEX_NAME"))) {
          return true;
        }
      }
      return false;
    }
  }

  private List<MatchResult> created(Pattern what) throws IOException {
    try (InputStream in = JobStoreSupport.class.getResourceAsStream(script)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return what.matcher(text).results().toList();
    }
  }
}
