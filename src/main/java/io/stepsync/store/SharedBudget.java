package io.stepsync.store;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The requests of a stream that all processes on one database make together, evenly spaced: a
 * bucket of bucket4j that holds one, in the table stepsync_budget. The time is the database's.
 *
 * <p>Thread-safe.
 */
public final class SharedBudget {

  private final DataSource dataSource;
  private final String microseconds;
  private final String stream;
  private Duration agreed;

  /**
   * Opens the budget of a stream. Nothing is read yet.
   *
   * @param dataSource gives connections that are not part of a transaction
   * @param microseconds the database's clock, as {@link Dialect#microseconds} has it
   */
  public SharedBudget(DataSource dataSource, String microseconds, String stream) {
    this.dataSource = dataSource;
    this.microseconds = microseconds;
    this.stream = stream;
  }

  /**
   * Opens the budget of a stream in a database that stepsync knows.
   *
   * @throws SQLException if it cannot be reached
   */
  public static SharedBudget in(DataSource dataSource, String stream) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new SharedBudget(dataSource, Dialects.of(connection).microseconds(), stream);
    }
  }

  /**
   * Takes a request, and returns how long to wait before it is made. No connection is held
   * meanwhile.
   *
   * @param interval between two requests; if it is another than before, it holds for all processes
   *     from now on
   * @throws SQLException what the database said
   */
  public Duration take(Duration interval) throws SQLException {
    BucketConfiguration one =
        BucketConfiguration.builder()
            .addLimit(Bandwidth.builder().capacity(1).refillGreedy(1, interval).build())
            .build();
    Bucket bucket = new BudgetTable(dataSource, microseconds).builder().build(stream, () -> one);
    try {
      agree(bucket, one, interval);
      return Duration.ofNanos(bucket.consumeIgnoringRateLimits(1));
    } catch (BucketExecutionException e) {
      if (e.getCause() instanceof SQLException said) {
        throw said;
      }
      throw e;
    }
  }

  private synchronized void agree(Bucket bucket, BucketConfiguration one, Duration interval) {
    if (!interval.equals(agreed)) {
      bucket.replaceConfiguration(one, TokensInheritanceStrategy.AS_IS);
      agreed = interval;
    }
  }
}
