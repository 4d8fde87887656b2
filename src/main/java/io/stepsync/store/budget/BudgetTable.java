package io.stepsync.store.budget;

import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.stepsync.jdbc.Dialects;
import io.stepsync.jdbc.JdbcCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * Keeps bucket4j's buckets in the table stepsync_budget, a row each, and reads the database's clock
 * with them. Until when a budget is held back, in microseconds since 1970, has another row. A row
 * is replaced only as it was read: no transaction is open in between.
 *
 * <p>Used by one thread at a time.
 */
final class BudgetTable extends AbstractCompareAndSwapBasedProxyManager<String> {

  /** SQLSTATE's classes for a key that is there, and for a transaction that was rolled back. */
  private static final String ANOTHER_WAS_FIRST = "(23|40).*";

  /** Behind a budget's key, that of the row which tells until when it is held back. */
  static final String HELD = " held";

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

  /** Returns how long the requests of a budget are held back from now on. */
  Duration held(String key) {
    Optional<String> until = inDatabase(connection -> read(connection, key + HELD));
    long micros = until.map(text -> Long.parseLong(text) - clock.nanos / 1000).orElse(0L);
    return Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
  }

  /** Holds the requests of a budget back for {@code wait} from now on, or as long as they are. */
  void hold(String key, Duration wait) {
    boolean done = false;
    while (!done) {
      done = inDatabase(connection -> isHeld(connection, key + HELD, wait));
    }
  }

  private boolean isHeld(Connection connection, String key, Duration wait) throws SQLException {
    Optional<String> before = read(connection, key);
    long until = (clock.nanos + wait.toNanos()) / 1000;
    if (before.isEmpty()) {
      return insert(connection, key, Long.toString(until));
    }
    return Long.parseLong(before.get()) >= until
        || update(connection, key, before.get(), Long.toString(until));
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
      if (String.valueOf(Dialects.sqlState(e)).matches(ANOTHER_WAS_FIRST)) {
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
