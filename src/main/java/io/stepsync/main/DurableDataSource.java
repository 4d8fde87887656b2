package io.stepsync.main;

import io.stepsync.jdbc.SqlFault;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to an embedded HSQLDB whose commits are on the disk, or fail. HSQLDB itself keeps to
 * itself that it could not write its log: it tells its own logger alone, and what it calls
 * committed is gone at the next start. A commit is refused where little space is left; where the
 * log could not be written all the same, the database is closed at once, and opened again with what
 * is on the disk.
 *
 * <p>Thread-safe.
 */
public final class DurableDataSource extends DelegatingDataSource implements AutoCloseable {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(DurableDataSource.class);

  /** For a connection's start: has HSQLDB tell its logger of warnings. */
  public static final String TELL_WARNINGS = "SET DATABASE EXTERNAL EVENT LOG LEVEL 2";

  /** HSQLDB's own, for what it could not write or read, and for what it did not expect. */
  private static final String FAULT = "S1000";

  /** A constraint, or another transaction; else a commit fails as it could not be written. */
  private static final String REFUSALS = "(23|40).*";

  private final DatabaseFiles files;
  private final Runnable forgetConnections;
  private final boolean isHere;
  private final Logger logger;
  private final Handler handler = new WarningHandler();
  private final AtomicInteger faults = new AtomicInteger();
  private int closedAfter;
  private volatile boolean closed;
  private volatile Runnable openedAgain = () -> {};

  /**
   * @param pool opens a connection only when one is asked for
   * @param forgetConnections has {@code pool} open new ones
   */
  public DurableDataSource(DataSource pool, DatabaseFiles files, Runnable forgetConnections) {
    this(pool, files, forgetConnections, true);
  }

  /**
   * Connections to a database that another process has open, which looks after it; a commit is
   * refused where little space is left.
   */
  static DurableDataSource elsewhere(DataSource pool, DatabaseFiles files) {
    return new DurableDataSource(pool, files, () -> {}, false);
  }

  private DurableDataSource(
      DataSource pool, DatabaseFiles files, Runnable forgetConnections, boolean isHere) {
    super(pool);
    this.files = files;
    this.forgetConnections = forgetConnections;
    this.isHere = isHere;
    loadLogging();
    logger = Logger.getLogger("hsqldb.db");
    logger.setUseParentHandlers(false); // it is told in our own words
    logger.addHandler(handler);
  }

  /** When it is loaded it takes all handlers away that there are. */
  private static void loadLogging() {
    try {
      Class.forName("org.hsqldb.lib.FrameworkLogger");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called by the thread that commits. */
  private final class WarningHandler extends Handler {

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.WARNING.intValue()
          && line.getThrown() instanceof IOException) {
        faults.incrementAndGet();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (closed && files.isFull()) {
      throw new SQLException(files.full("the database needs more to be opened"), SqlFault.IO_ERROR);
    }
    Connection connection = super.getConnection();
    tellIfOpenedAgain();
    if (isFaulty()) { // behind a statement that committed by itself
      closeAtOnce(connection);
      connection.close();
      throw notKept("a commit");
    }
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            new Commits(connection, faults.get()));
  }

  /** Has {@code action} carried out each time that the database is open again. */
  void whenOpenedAgain(Runnable action) {
    openedAgain = action;
  }

  private void tellIfOpenedAgain() {
    boolean again;
    synchronized (this) {
      again = closed;
      closed = false;
    }
    if (again) {
      openedAgain.run();
    }
  }

  private final class Commits implements InvocationHandler {

    private final Connection connection;
    private final int faultsBefore;

    Commits(Connection connection, int faultsBefore) {
      this.connection = connection;
      this.faultsBefore = faultsBefore;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("commit")) {
        commit();
        return null;
      }
      Object result = call(connection, method, arguments);
      return result instanceof Statement statement ? watched(statement, method) : result;
    }

    private Object watched(Statement statement, Method maker) {
      return Proxy.newProxyInstance(
          getClass().getClassLoader(),
          new Class<?>[] {maker.getReturnType()},
          (proxy, method, arguments) -> {
            try {
              return call(statement, method, arguments);
            } catch (SQLException e) {
              throw isHere && FAULT.equals(e.getSQLState()) ? fault(e) : e;
            }
          });
    }

    private void commit() throws SQLException {
      if (files.isFull()) {
        connection.rollback(); // Spring turns autocommit on after a failure, which would commit
        throw new SQLException(files.full("a commit needs more"), SqlFault.IO_ERROR);
      }
      try {
        connection.commit();
      } catch (SQLException e) {
        throw !isHere || String.valueOf(e.getSQLState()).matches(REFUSALS) ? e : fault(e);
      }
      if (faults.get() != faultsBefore) {
        closeAtOnce(connection);
        throw notKept("a commit");
      }
    }

    private SQLException fault(SQLException said) {
      faults.incrementAndGet();
      closeAtOnce(connection);
      return notKept(String.valueOf(said.getMessage()));
    }
  }

  private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** What is only in memory is forgotten; nothing may be written behind what is missing. */
  private synchronized void closeAtOnce(Connection connection) {
    if (isFaulty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN IMMEDIATELY");
      } catch (SQLException e) {
        LOG.debug("the database is closed already: {}", e.getMessage());
      }
      forgetConnections.run();
      closed = true;
      closedAfter = faults.get(); // closing tries to write once more
    }
  }

  private SQLException notKept(String what) {
    return new SQLException(
        files.isFull()
            ? files.full("the database could not write (" + what + ")")
            : "the database could not write to " + files.folder() + " (" + what + ")",
        SqlFault.IO_ERROR);
  }

  /** Tells whether something could not be written that nobody has been told of. */
  public synchronized boolean isFaulty() {
    return closedAfter != faults.get();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }
}
