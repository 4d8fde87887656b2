package io.stepsync.store.budget;

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
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * The requests that all processes on one database make together: a bucket of bucket4j in the table
 * stepsync_budget, and until when all are held back. The time is the database's.
 *
 * <p>Thread-safe.
 */
public final class SharedBudget implements Budget.Shared {

  private final DataSource dataSource;
  private final String microseconds;
  private final String key;
  private final BudgetLimit limit;
  private boolean agreed;

  /**
   * Opens a budget. Nothing is read yet.
   *
   * @param dataSource gives connections that are not part of a transaction
   * @param microseconds the database's clock, as {@link Dialect#microseconds} has it
   * @param key that of its row
   * @param limit if it is another than before, it holds for all processes from the first request on
   */
  public SharedBudget(DataSource dataSource, String microseconds, String key, BudgetLimit limit) {
    this.dataSource = dataSource;
    this.microseconds = microseconds;
    this.key = key;
    this.limit = limit;
  }

  /**
   * Opens a budget in a database that stepsync knows.
   *
   * @throws SQLException if it cannot be reached
   */
  public static SharedBudget in(DataSource dataSource, String key, BudgetLimit limit)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new SharedBudget(dataSource, Dialects.of(connection).microseconds(), key, limit);
    }
  }

  /**
   * Takes requests. No connection is held while they wait.
   *
   * @throws SQLException what the database said
   */
  @Override
  public Budget.Grant take(int requests) throws SQLException {
    try {
      BudgetTable table = new BudgetTable(dataSource, microseconds);
      Duration held = table.held(key);
      return held.isZero()
          ? new Budget.Grant(held, waits(table, requests))
          : new Budget.Grant(held, List.of());
    } catch (BucketExecutionException e) {
      throw said(e);
    }
  }

  private List<Duration> waits(BudgetTable table, int requests) {
    BucketConfiguration configuration =
        BucketConfiguration.builder()
            .addLimit(
                Bandwidth.builder()
                    .capacity(limit.burst())
                    .refillGreedy(1, limit.interval())
                    .build())
            .build();
    Bucket bucket = table.builder().build(key, () -> configuration);
    agree(bucket, configuration);
    long last = bucket.consumeIgnoringRateLimits(requests);
    long interval = limit.interval().toNanos();
    return LongStream.rangeClosed(1, requests)
        .map(request -> Math.max(0, last - (requests - request) * interval))
        .mapToObj(Duration::ofNanos)
        .toList();
  }

  private synchronized void agree(Bucket bucket, BucketConfiguration configuration) {
    if (!agreed) {
      bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.AS_IS);
      agreed = true;
    }
  }

  @Override
  public void hold(Duration wait) throws SQLException {
    try {
      new BudgetTable(dataSource, microseconds).hold(key, wait);
    } catch (BucketExecutionException e) {
      throw said(e);
    }
  }

  private static SQLException said(BucketExecutionException e) {
    if (e.getCause() instanceof SQLException said) {
      return said;
    }
    throw e;
  }
}
