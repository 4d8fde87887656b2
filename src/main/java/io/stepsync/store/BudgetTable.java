package io.stepsync.store;

import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.stepsync.jdbc.JdbcCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * Keeps bucket4j's buckets in the table stepsync_budget, a row each, and reads the database's clock
 * with them. A row is replaced only as it was read: no transaction is open in between.
 *
 * <p>Used by one thread at a time.
 */
final class BudgetTable extends AbstractCompareAndSwapBasedProxyManager<String> {

  /** SQLSTATE's classes for a key that is there, and for a transaction that was rolled back. */
  private static final String ANOTHER_WAS_FIRST = "(23|40).*";

  private final DataSource dataSource;
  private final Clock clock;
  private final String select;

  BudgetTable(DataSource dataSource, String microseconds) {
    this(dataSource, microseconds, new Clock());
  }

  private BudgetTable(DataSource dataSource, String microseconds, Clock clock) {
    super(ClientSideConfig.getDefault().withClientClock(clock));
    this.dataSource = dataSource;
    this.clock = clock;
    this.select = "SELECT " + microseconds + ", MAX(state) FROM stepsync_budget WHERE stream = ?";
  }

  /** What the database's clock showed when it was asked last. */
  private static final class Clock implements TimeMeter {

    private long nanos;

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(String stream) {
    return new CompareAndSwapOperation() {
      @Override
      public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
        return inDatabase(connection -> read(connection, stream)).map(HexFormat.of()::parseHex);
      }

      @Override
      public boolean compareAndSwap(
          byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeoutNanos) {
        String text = HexFormat.of().formatHex(after);
        return inDatabase(
            connection ->
                before == null
                    ? insert(connection, stream, text)
                    : update(connection, stream, HexFormat.of().formatHex(before), text));
      }
    };
  }

  private Optional<String> read(Connection connection, String stream) throws SQLException {
    try (PreparedStatement statement = call(connection, select, stream);
        ResultSet row = statement.executeQuery()) {
      row.next();
      clock.nanos = Math.multiplyExact(row.getLong(1), 1000L);
      return Optional.ofNullable(row.getString(2));
    }
  }

  private static boolean insert(Connection connection, String stream, String state)
      throws SQLException {
    return change(
        connection, "INSERT INTO stepsync_budget (stream, state) VALUES (?, ?)", stream, state);
  }

  private static boolean update(Connection connection, String stream, String before, String after)
      throws SQLException {
    return change(
        connection,
        "UPDATE stepsync_budget SET state = ? WHERE stream = ? AND state = ?",
        after,
        stream,
        before);
  }

  private static boolean change(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = call(connection, sql, values)) {
      boolean changed = statement.executeUpdate() == 1;
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      return changed;
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).matches(ANOTHER_WAS_FIRST)) {
        return false;
      }
      throw e;
    }
  }

  private static PreparedStatement call(Connection connection, String sql, Object... values)
      throws SQLException {
    return new JdbcCall(sql, List.of(values)).prepare(connection);
  }

  /** What is done with a connection. */
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T inDatabase(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new BucketExecutionException(e);
    }
  }

  @Override
  public void removeProxy(String stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isAsyncModeSupported() {
    return false;
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected CompletableFuture<Void> removeAsync(String stream) {
    throw new UnsupportedOperationException();
  }
}
