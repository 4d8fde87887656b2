package io.stepsync.cluster;

import io.stepsync.store.OwnTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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

  private static final Pattern CREATE = Pattern.compile("(?m)^CREATE (TABLE|INDEX) ([^;]*)");

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
    try (Statement statement = context.getConnection().createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
  }

  private List<String> statements() throws IOException {
    try (InputStream in = JobStoreSupport.class.getResourceAsStream(script)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return CREATE.matcher(text).results().map(QuartzTables::unlessThere).toList();
    }
  }

  private static String unlessThere(MatchResult create) {
    return "CREATE " + create.group(1) + " IF NOT EXISTS " + create.group(2);
  }
}
