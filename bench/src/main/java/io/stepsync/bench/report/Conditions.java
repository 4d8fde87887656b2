package io.stepsync.bench.report;

import io.stepsync.bench.rival.Setup;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and on what was measured.
 *
 * @param database the option
 * @param product the database's name and version
 * @param load the machine's load average of the last minute, the bench's own included
 */
public record Conditions(
    String date,
    String database,
    String product,
    String mode,
    long rows,
    int step,
    long latencyMillis,
    int cores,
    String java,
    String system,
    double load) {

  /** Asks the machine and the database. */
  public static Conditions of(Setup setup, String mode, long latencyMillis) throws SQLException {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return new Conditions(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        setup.database().name(),
        product(setup),
        mode,
        setup.rows(),
        setup.step(),
        latencyMillis,
        system.getAvailableProcessors(),
        System.getProperty("java.runtime.version"),
        system.getName() + " " + system.getArch(),
        system.getSystemLoadAverage());
  }

  private static String product(Setup setup) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(setup.database().url(), setup.database().user(), "")) {
      DatabaseMetaData metaData = connection.getMetaData();
      return metaData.getDatabaseProductName() + " " + metaData.getDatabaseProductVersion();
    }
  }

  /** Says what was done, in a line. */
  public String title() {
    return String.format(
        "%s of %,d rows in windows of %,d, %s%s",
        mode,
        rows,
        step,
        product,
        latencyMillis == 0 ? "" : ", " + latencyMillis + " ms an answer");
  }
}
