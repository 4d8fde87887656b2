package io.stepsync.ops;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.stepsync.SettingException;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.OwnTables;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The database of a standalone stepsync: its pool of connections, its transactions and stepsync's
 * own tables.
 *
 * <p>Transactions are READ COMMITTED on every database: what a window may overwrite is told by the
 * version of the state row, and a stricter level would only make MariaDB lock the gaps between
 * rows. Statements are cached as each driver does by itself.
 */
final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String PREFIX = "stepsync.datasource.";

  /** The name of the bean. */
  static final String NAME = "stepsyncPool";

  private static final String HSQLDB = "jdbc:hsqldb:";

  private static final String MARIADB = "jdbc:mariadb:";
  private static final String STRICT = "SET sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')";

  /** A window that a sink takes its time for is no idle one. */
  private static final Duration LONGEST_IDLE_WINDOW = Duration.ofMinutes(10);

  private static final Duration LONGEST_IDLE_QUARTZ = Duration.ofSeconds(5);

  private static final int QUARTZ_CONNECTIONS = 3;

  /** HSQLDB takes ten seconds to believe that the process which held its lock was killed. */
  private static final long FIRST_CONNECTION_MILLIS = 25_000;

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Opens the database that the properties of {@code context} name. */
  static Database open(CamelContext context) throws SQLException {
    Keys keys = new Keys(context);
    HikariConfig config = new HikariConfig();
    config.setPoolName("stepsync");
    config.setJdbcUrl(keys.text(PREFIX + "url"));
    config.setUsername(keys.text(PREFIX + "username"));
    config.setPassword(keys.text(PREFIX + "password"));
    config.setMaximumPoolSize(connections(keys));
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    if (config.getJdbcUrl().startsWith(HSQLDB)) {
      config.setInitializationFailTimeout(FIRST_CONNECTION_MILLIS);
    }
    if (config.getJdbcUrl().startsWith(MARIADB)) {
      inUtcAndStrict(config);
      withinPackets(config);
    }
    if (Cluster.isEnabled(context)) {
      endIdleTransactions(config, LONGEST_IDLE_WINDOW);
    }
    Database database = new Database(connect(config));
    database.makeDurable();
    OwnTables.migrate(database.pool);
    return database;
  }

  /**
   * MariaDB has no type for a moment, so both sides must take all times for UTC; and a server can
   * be set to cut values off that do not fit.
   */
  private static void inUtcAndStrict(HikariConfig config) {
    config.addDataSourceProperty("connectionTimeZone", "UTC");
    config.addDataSourceProperty("preserveInstants", "true");
    config.addDataSourceProperty("forceConnectionTimeZoneToSession", "true");
    config.setConnectionInitSql(STRICT);
  }

  /**
   * The server ends a connection on which a longer packet comes; the driver refuses to send one, if
   * it knows how long one may be. Where the server cannot be asked, the pool will tell why.
   */
  private static void withinPackets(HikariConfig config) {
    try (Connection connection =
            DriverManager.getConnection(
                config.getJdbcUrl(), config.getUsername(), config.getPassword());
        Statement statement = connection.createStatement();
        ResultSet longest = statement.executeQuery("SELECT @@max_allowed_packet")) {
      longest.next();
      config.addDataSourceProperty("maxAllowedPacket", longest.getString(1));
    } catch (SQLException e) {
      LOG.debug("the longest packet is not known: {}", e.getMessage());
    }
  }

  /**
   * A machine that stands still in a transaction, or that lost its network, would hold rows locked
   * that other nodes wait for.
   */
  private static void endIdleTransactions(HikariConfig config, Duration limit) {
    config.setConnectionInitSql(
        config.getJdbcUrl().startsWith(MARIADB)
            ? STRICT + ", idle_transaction_timeout = " + limit.toSeconds()
            : "SET idle_in_transaction_session_timeout = " + limit.toMillis());
  }

  private static int connections(Keys keys) {
    int most = keys.number(PREFIX + "max-connections", Integer::valueOf);
    if (most < 1) {
      throw new SettingException(PREFIX + "max-connections must be >= 1, was " + most);
    }
    return most;
  }

  private static HikariDataSource connect(HikariConfig config) {
    String url = config.getJdbcUrl();
    if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url))) {
      throw new SettingException(
          PREFIX + "url must be a JDBC URL that a driver here knows, was " + shown(url));
    }
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      String reason = String.valueOf(e.getCause().getMessage());
      throw new IllegalStateException(
          "the database "
              + shown(url)
              + (reason.contains("lock acquisition")
                  ? " is in use by another process"
                  : " cannot be opened: " + reason),
          e);
    }
  }

  /** What follows can hold secrets. */
  private static String shown(String url) {
    return url.split("[?;]", 2)[0].replaceAll("//[^/@]*@", "//");
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Not a server's database, which is others' too. */
  private boolean isOwnFile() {
    return pool.getJdbcUrl().startsWith("jdbc:hsqldb:file:");
  }

  /**
   * By default HSQLDB writes its log half a second after a commit, locks whole tables, and takes
   * texts for equal that differ by blanks at their end.
   */
  private void makeDurable() throws SQLException {
    if (isOwnFile()) {
      execute("SET FILES WRITE DELAY FALSE");
      execute("SET DATABASE TRANSACTION CONTROL MVCC");
      execute("SET DATABASE COLLATION SQL_TEXT NO PAD");
    }
  }

  /** Binds the data source, which is the only one. */
  void bind(CamelContext context) {
    context.getRegistry().bind(NAME, pool);
  }

  /**
   * Has a context, which is not started, join the cluster of this database, if there is one. Quartz
   * has a few connections of its own: a node whose windows need all others is alive all the same.
   */
  void join(Cluster cluster, CamelContext context) {
    cluster.prepare(context, pool, this::openForQuartz);
  }

  private HikariDataSource openForQuartz() {
    HikariConfig config = new HikariConfig();
    pool.copyStateTo(config);
    config.setPoolName("stepsync-cluster");
    config.setMaximumPoolSize(QUARTZ_CONNECTIONS);
    endIdleTransactions(config, LONGEST_IDLE_QUARTZ);
    return connect(config);
  }

  /**
   * Binds an empty database in memory in the place of one that cannot be opened, for work that
   * writes nothing.
   */
  static void bindStandIn(CamelContext context) throws SQLException {
    DataSource memory = new DriverManagerDataSource(HSQLDB + "mem:stand-in", "SA", "");
    OwnTables.migrate(memory);
    context.getRegistry().bind(NAME, memory);
  }

  /** Returns the JDBC URL that the properties name, as it may be shown. */
  static String shownUrl(CamelContext context) {
    return shown(new Keys(context).text(PREFIX + "url"));
  }

  /**
   * Returns the dialect of the database that the properties name; it is not opened.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   */
  static Dialect dialect(CamelContext context) {
    return Dialect.of(new Keys(context).text(PREFIX + "url"));
  }

  /** For what reads or changes stepsync's own tables beside the routes. */
  JdbcTemplate sql() {
    return new JdbcTemplate(pool);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    if (isOwnFile()) {
      try {
        execute("SHUTDOWN");
      } catch (SQLException e) {
        LOG.warn("the database could not be shut down: {}", e.getMessage());
      }
    }
    pool.close();
  }
}
