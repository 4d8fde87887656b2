package io.stepsync.bench.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** A PostgreSQL server of its own. */
final class PostgresqlDatabase implements BenchDatabase {

  private final EmbeddedPostgres server;

  PostgresqlDatabase(Path directory) throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(directory.resolveSibling("postgresql").toFile())
            .setDataDirectory(directory.resolve("postgresql"))
            .setServerConfig("fsync", "on") // for tests both are off
            .setServerConfig("synchronous_commit", "on")
            .start();
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String url() {
    return server.getJdbcUrl(user(), "postgres").replaceAll("\\?.*", "");
  }

  @Override
  public String batchUrl() {
    return url() + "?reWriteBatchedInserts=true";
  }

  @Override
  public String user() {
    return "postgres";
  }

  @Override
  public Object time(String text) {
    return OffsetDateTime.parse(text);
  }

  @Override
  public ArrayTypes arrayTypes() {
    return new ArrayTypes("text", "timestamptz");
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    Sql.execute(connection, "VACUUM ANALYZE", "CHECKPOINT");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
