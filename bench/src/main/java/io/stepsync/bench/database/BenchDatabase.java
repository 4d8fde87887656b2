package io.stepsync.bench.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that the rivals write to, durably: a commit that returned outlives the machine. */
public interface BenchDatabase extends AutoCloseable {

  /** Starts the database of a name, with its files in {@code directory}. */
  static BenchDatabase start(String name, Path directory) throws Exception {
    return switch (name) {
      case "hsqldb" -> new HsqldbDatabase(directory);
      case "postgresql" -> new PostgresqlDatabase(directory);
      case "mariadb" -> new MariadbDatabase(directory);
      case "mysql" -> new MysqlDatabase(directory);
      case "sqlite" -> new SqliteDatabase(directory);
      default ->
          throw new IllegalArgumentException(
              "database must be hsqldb, postgresql, mariadb, mysql or sqlite, was " + name);
    };
  }

  /** The name, as in the options. */
  String name();

  /** The JDBC URL. */
  String url();

  /** The JDBC URL for one who writes in JDBC batches. */
  default String batchUrl() {
    return url();
  }

  /** The user, who has no password. */
  String user();

  /** Returns a moment such as 2020-01-01T00:00:12Z as the driver takes it best. */
  Object time(String text);

  /** The names of SQL types as the driver's arrays know them: of texts, and of moments. */
  default ArrayTypes arrayTypes() {
    throw new UnsupportedOperationException(name() + " has no arrays");
  }

  /** See {@link BenchDatabase#arrayTypes()}. */
  record ArrayTypes(String text, String time) {}

  /** Leaves no work of the past to the next measurement. */
  void settle(Connection connection) throws SQLException;

  /** Returns the statement that empties a table. */
  default String emptying(String table) {
    return "TRUNCATE TABLE " + table;
  }

  /** Returns a pool of connections. */
  default HikariDataSource pool(String jdbcUrl) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user());
    config.setPassword("");
    return new HikariDataSource(config);
  }

  /** Returns the statements for a table. */
  default Sql sql(String table) {
    return new Sql(name(), table);
  }
}
