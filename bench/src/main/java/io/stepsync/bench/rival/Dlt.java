package io.stepsync.bench.rival;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.bench.Directories;
import io.stepsync.bench.database.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** dlt, in a Python of its own, which tells its time itself: its start is not counted. */
final class Dlt implements Rival {

  private static final Path INSTALLED = Path.of("target/venv/ok");
  private static final Path PYTHON = Path.of("target/venv/bin/python");
  private static final Path SCRIPT = Path.of("python/dlt_rival.py");
  private static final String DATASET = "bench_dlt";

  private final Setup setup;
  private final boolean arrow;
  private final Path pipeline;
  private final HikariDataSource pool;

  Dlt(Setup setup, boolean arrow) throws Skipped {
    if (!setup.database().name().equals("postgresql")) {
      throw new Skipped("is measured on PostgreSQL only");
    }
    if (!Files.exists(INSTALLED)) {
      throw new Skipped("could not be installed, for want of Python or PyPI");
    }
    this.setup = setup;
    this.arrow = arrow;
    this.pipeline = setup.directory().resolve("dlt").toAbsolutePath();
    this.pool = setup.database().pool(setup.database().url());
  }

  @Override
  public void empty() throws Exception {
    try (Connection connection = pool.getConnection()) {
      Sql.execute(
          connection,
          "DROP SCHEMA IF EXISTS " + DATASET + " CASCADE",
          "DROP SCHEMA IF EXISTS " + DATASET + "_staging CASCADE");
    }
    rewind();
  }

  /** What it knows of earlier runs is in its directory. */
  @Override
  public void rewind() throws IOException {
    Directories.delete(pipeline);
  }

  @Override
  public Duration copy() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                PYTHON.toString(),
                SCRIPT.toString(),
                setup.api().toString(),
                Long.toString(setup.lastId()),
                Integer.toString(setup.step()),
                credentials(),
                DATASET,
                pipeline.toString(),
                Boolean.toString(arrow))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("RUNTIME__DLTHUB_TELEMETRY", "false");
    builder.environment().put("RUNTIME__LOG_LEVEL", "ERROR");
    builder.environment().put("RESTORE_FROM_DESTINATION", "false");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException("dlt ended with " + process.exitValue() + ": " + output);
    }
    return Duration.ofNanos((long) (Double.parseDouble(output) * 1e9));
  }

  private String credentials() {
    String server = setup.database().url().substring("jdbc:postgresql://".length());
    return "postgresql://" + setup.database().user() + ":none@" + server; // dlt wants a password
  }

  @Override
  public long count() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT COUNT(created_at) FROM " + DATASET + ".\"user\"")) {
      result.next();
      return result.getLong(1);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
