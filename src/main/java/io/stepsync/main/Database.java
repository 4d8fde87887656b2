package io.stepsync.main;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import io.stepsync.jdbc.SqlFault;
import io.stepsync.main.served.Access;
import io.stepsync.main.served.Holder.Use;
import io.stepsync.store.OwnTables;
import io.stepsync.store.history.StoredRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.util.ObjectHelper;
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
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String OWN_IN_MEMORY =
      "SELECT table_name FROM information_schema.system_tables"
          + " WHERE hsqldb_type = 'MEMORY' AND table_name LIKE 'STEPSYNC%'";
  private static final String PREFIX = "stepsync.datasource.";

  /** The name of the bean. */
  public static final String NAME = "stepsyncPool";

  /**
   * A transaction whose client is gone without a word holds its rows, which the next try needs. A
   * window that a sink takes its time for is no idle one.
   */
  private static final Duration LONGEST_IDLE_WINDOW = Duration.ofMinutes(10);

  /**
   * A driver waits for ever for the answer of a server that is gone without a word. No statement of
   * stepsync takes as long, not even one that waits for a transaction of another runner that stands
   * still.
   */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(30);

  /**
   * A machine that stands still in a transaction, or that lost its network, would hold rows locked
   * that other nodes wait for.
   */
  private static final Duration LONGEST_IDLE_QUARTZ = Duration.ofSeconds(5);

  /** A process on this machine that does not answer is gone, or stands still. */
  private static final Duration LONGEST_OPENING_ELSEWHERE = Duration.ofSeconds(10);

  private static final int QUARTZ_CONNECTIONS = 3;
  private static final String GONE =
      "the process that had the database open is gone, or has closed it; start this again";

  private static final long MILLIS_PER_SECOND = 1000;

  /** A server that is started again takes less. */
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  private static final String LONGEST_LOGIN_SECONDS = "10";

  private static final Duration BETWEEN_OPENINGS = Duration.ofSeconds(1);

  private final HikariDataSource pool;
  private final Optional<DatabaseFiles> files;
  private final Optional<Access> access;
  private final Optional<DurableDataSource> durable;

  private Database(HikariDataSource pool, Optional<DatabaseFiles> files, Optional<Access> access) {
    this.pool = pool;
    this.files = files;
    this.access = access;
    this.durable =
        files.map(
            own ->
                isElsewhere(access)
                    ? DurableDataSource.elsewhere(pool, own)
                    : new DurableDataSource(
                        pool, own, () -> pool.getHikariPoolMXBean().softEvictConnections()));
  }

  /**
   * Opens the database for a run as {@link #open} does, and waits for a server that cannot be
   * reached or is being started, which it says once.
   *
   * @param stopped whether to wait no longer
   */
  static Database await(CamelContext context, BooleanSupplier stopped)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    for (boolean said = false; ; said = true) {
      try {
        return open(context, Use.RUN);
      } catch (SQLException | RuntimeException e) {
        if (!isPassing(e, context) || System.nanoTime() - end > 0 || stopped.getAsBoolean()) {
          throw e;
        }
        if (!said) {
          LOG.info("{}; it is waited for, {} s at most", e.getMessage(), LONGEST_START.toSeconds());
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_OPENINGS.toMillis());
      }
    }
  }

  /** A file is waited for by its driver. */
  private static boolean isPassing(Exception failure, CamelContext context) {
    SQLException said = ObjectHelper.getException(SQLException.class, failure);
    return said != null
        && SqlFault.of(said) == SqlFault.PASSING
        && DatabaseFiles.of(shownUrl(context)).isEmpty();
  }

  private static boolean isElsewhere(Optional<Access> access) {
    return access.flatMap(Access::url).isPresent();
  }

  /** Opens the database that the properties of {@code context} name, for what is soon over. */
  public static Database open(CamelContext context) throws SQLException {
    return open(context, Use.BRIEF);
  }

  /**
   * Opens the database that the properties of {@code context} name. An embedded one that another
   * process has open is used through that process.
   */
  static Database open(CamelContext context, Use use) throws SQLException {
    return open(context, use, true);
  }

  /**
   * Opens the database for what only looks: nothing is made, neither an embedded database that is
   * not there nor stepsync's own tables; those of an older version are moved forward.
   *
   * @return nothing where it is not there
   */
  static Optional<Database> openToLook(CamelContext context) throws SQLException {
    Optional<DatabaseFiles> files = DatabaseFiles.of(url(context));
    return files.filter(own -> !own.areThere()).isPresent()
            || file(url(context)).filter(own -> !Files.exists(own)).isPresent()
        ? Optional.empty()
        : Optional.of(open(context, Use.BRIEF, false));
  }

  private static Database open(CamelContext context, Use use, boolean maybeNew)
      throws SQLException {
    String url = url(context);
    Optional<DatabaseFiles> files = DatabaseFiles.of(url);
    files.ifPresent(DatabaseFiles::makeFolder);
    file(url).map(Path::toAbsolutePath).map(DatabaseFiles::new).ifPresent(DatabaseFiles::makeFile);
    Optional<Access> access = files.map(own -> access(own, use, url));
    try {
      Database database =
          new Database(
              connect(config(context, url, files, access), isElsewhere(access)), files, access);
      try {
        database.prepare(maybeNew);
        return database;
      } catch (SQLException | RuntimeException e) {
        database.closeAfter(e);
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      access.ifPresent(Access::close);
      throw e;
    }
  }

  private static Optional<Path> file(String url) {
    return Dialects.find(url).flatMap(dialect -> dialect.file(url));
  }

  private static Access access(DatabaseFiles files, Use use, String url) {
    try {
      return Access.to(files.database(), files.hold(), use);
    } catch (IOException e) {
      throw files.cannotWrite(e);
    } catch (IllegalStateException e) {
      throw inUse(url, e);
    }
  }

  /**
   * Refuses to run on an embedded database that another process has for long; nothing is changed.
   *
   * @throws IllegalStateException if one has
   */
  static void refuseIfInUse(CamelContext context) {
    String url = url(context);
    DatabaseFiles.of(url)
        .ifPresent(
            files -> {
              try {
                Access.refuseToRun(files.hold());
              } catch (IOException e) {
                LOG.debug("it is not known who has the database: {}", e.getMessage());
              } catch (IllegalStateException e) {
                throw inUse(url, e);
              }
            });
  }

  private static IllegalStateException inUse(String url, IllegalStateException by) {
    return new IllegalStateException(
        "the database " + Dialects.shownUrl(url) + " " + by.getMessage(), by);
  }

  private static String url(CamelContext context) {
    return new PropertyReader(context).text(PREFIX + "url");
  }

  private static HikariConfig config(
      CamelContext context, String url, Optional<DatabaseFiles> files, Optional<Access> access) {
    PropertyReader keys = new PropertyReader(context);
    HikariConfig config = new HikariConfig();
    config.setPoolName("stepsync");
    config.setJdbcUrl(url);
    config.setUsername(keys.text(PREFIX + "username"));
    config.setPassword(keys.text(PREFIX + "password"));
    config.setMaximumPoolSize(connections(keys));
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    Dialects.find(url).ifPresent(dialect -> setUp(config, dialect));
    if (files.isPresent()) {
      config.setMinimumIdle(
          0); // one that is opened in the background opens a database that was closed
      access.flatMap(Access::url).ifPresent(config::setJdbcUrl);
      if (isElsewhere(access)) {
        config.setConnectionTimeout(LONGEST_OPENING_ELSEWHERE.toMillis());
      } else {
        files.ifPresent(DatabaseFiles::requireWritable);
        files.ifPresent(Database::requireSpace);
        config.setConnectionInitSql(DurableDataSource.TELL_WARNINGS);
      }
    }
    return config;
  }

  private void prepare(boolean maybeNew) throws SQLException {
    makeDurable();
    if (maybeNew || !OwnTables.areMissing(pool)) {
      OwnTables.migrate(pool);
    }
    if (isOwnFile()) {
      breakOffRuns();
      keepOutOfMemory();
      files.ifPresent(DatabaseFiles::closeToOthers);
      access.ifPresent(Access::serve);
      durable.ifPresent(own -> own.whenOpenedAgain(() -> access.ifPresent(Access::serve)));
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** A database that is to be recovered is written again at its start. */
  private static void requireSpace(DatabaseFiles files) {
    if (files.isToBeRecovered() && files.isFull()) {
      throw new IllegalStateException(files.full("the database needs more to be opened"));
    }
  }

  /** Where the server cannot be asked, the pool will tell why. */
  private static void setUp(HikariConfig config, Dialect dialect) {
    dialect
        .longestOpening()
        .map(Duration::toMillis)
        .ifPresent(config::setInitializationFailTimeout);
    addUnlessNamed(config, dialect.driverProperties(LONGEST_ANSWER));
    try {
      addUnlessNamed(config, dialect.serverProperties(() -> connection(config)));
    } catch (SQLException e) {
      LOG.debug("what the server has to tell is not known: {}", e.getMessage());
    }
    dialect.sessionStart(LONGEST_IDLE_WINDOW, true).ifPresent(config::setConnectionInitSql);
  }

  private static Connection connection(HikariConfig config) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", config.getUsername());
    login.setProperty("password", config.getPassword());
    login.setProperty("loginTimeout", LONGEST_LOGIN_SECONDS); // PostgreSQL's; others ignore it
    return DriverManager.getConnection(config.getJdbcUrl(), login);
  }

  private static void addUnlessNamed(HikariConfig config, Map<String, String> properties) {
    properties.forEach(
        (property, value) -> {
          if (!isNamed(config.getJdbcUrl(), property)) {
            config.addDataSourceProperty(property, value);
          }
        });
  }

  /** For MySQL's driver a property that it is handed holds, not that of the URL. */
  private static boolean isNamed(String url, String property) {
    return url.matches("(?i).*[?&]" + Pattern.quote(property) + "=.*");
  }

  private static int connections(PropertyReader keys) {
    int most = keys.number(PREFIX + "max-connections", Integer::valueOf);
    if (most < 1) {
      throw new SettingException(PREFIX + "max-connections must be >= 1, was " + most);
    }
    return most;
  }

  /**
   * Refuses what is wrong before anything is opened.
   *
   * @throws SettingException naming the key, the rule and the value
   */
  static void check(CamelContext context) {
    PropertyReader keys = new PropertyReader(context);
    requireDriver(url(context));
    keys.text(PREFIX + "username");
    keys.text(PREFIX + "password");
    connections(keys);
  }

  private static void requireDriver(String url) {
    if (url.isBlank()) {
      throw new SettingException(PREFIX + "url must be set");
    }
    if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url))) {
      throw new SettingException(
          PREFIX + "url " + urlRule(url) + ", was " + Dialects.shownUrl(url) + meant(url));
    }
  }

  private static String urlRule(String url) {
    return Dialects.find(url)
        .map(known -> "must be one that the driver of " + known.database() + " takes")
        .orElseGet(
            () ->
                "must begin with %s, or as a driver in the folder more knows it"
                    .formatted(String.join(", ", Dialects.urlStarts())));
  }

  private static String meant(String url) {
    Matcher start = Pattern.compile("(?i)[\"']?((?:jdbc:)?\\w+:).*").matcher(url);
    return start.matches() && !Dialects.urlStarts().contains(start.group(1))
        ? Suggestion.of(start.group(1), Dialects.urlStarts())
        : "";
  }

  /**
   * @param elsewhere whether another process has the database open
   */
  private static HikariDataSource connect(HikariConfig config, boolean elsewhere) {
    String url = config.getJdbcUrl();
    requireDriver(url);
    try {
      return adapted(config, elsewhere);
    } catch (HikariPool.PoolInitializationException e) {
      String reason = String.valueOf(e.getCause().getMessage());
      throw new IllegalStateException(
          "the database "
              + Dialects.shownUrl(url)
              + (reason.contains("lock acquisition")
                  ? " is in use by another process, such as a tool for databases"
                  : " cannot be opened: " + reason),
          e);
    }
  }

  private static HikariDataSource adapted(HikariConfig config, boolean elsewhere) {
    Optional<Dialect> dialect = Dialects.find(config.getJdbcUrl());
    return new HikariDataSource(config) {
      @Override
      public Connection getConnection() throws SQLException {
        try {
          Connection connection = super.getConnection();
          return dialect.map(known -> known.adapted(connection)).orElse(connection);
        } catch (SQLTransientConnectionException e) {
          SQLException told =
              elsewhere // where it never comes back
                  ? new SQLException(GONE, SqlFault.IO_ERROR)
                  : new SQLTransientConnectionException(
                      noConnection(this, e), e.getSQLState(), e.getErrorCode());
          told.addSuppressed(e); // as a cause it would be what is told
          throw told;
        }
      }
    };
  }

  /** In the words of Hikari it is not told whether the database is away or all are in use. */
  private static String noConnection(HikariDataSource pool, SQLTransientConnectionException e) {
    String said = e.getCause() == null ? null : e.getCause().getMessage();
    return said == null
        ? "none of the %d connections (%smax-connections) became free within %d s"
            .formatted(
                pool.getMaximumPoolSize(), PREFIX, pool.getConnectionTimeout() / MILLIS_PER_SECOND)
        : "the database %s cannot be reached: %s"
            .formatted(Dialects.shownUrl(pool.getJdbcUrl()), said);
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Not a server's database, nor one that another process has open: those are others' too. */
  private boolean isOwnFile() {
    return files.isPresent() && !isElsewhere(access);
  }

  /** Tells whether another process uses the database through this one. */
  boolean isUsed() {
    return access.filter(Access::isUsed).isPresent();
  }

  /**
   * By default HSQLDB writes its log half a second after a commit, locks whole tables, and takes
   * texts for equal that differ by blanks at their end.
   */
  private void makeDurable() throws SQLException {
    if (isOwnFile()) {
      execute("SET FILES WRITE DELAY FALSE");
      execute("SET DATABASE DEFAULT TABLE TYPE CACHED");
      execute("SET DATABASE TRANSACTION CONTROL MVCC");
      execute("SET DATABASE COLLATION SQL_TEXT NO PAD");
    }
  }

  /** No other process had it open: of one in a container that is no more nobody else can tell. */
  private void breakOffRuns() throws SQLException {
    if (access.filter(Access::isHeldForLong).isPresent() && OwnTables.areIn(pool)) {
      new StoredRuns(pool).breakOff();
    }
  }

  /** By default HSQLDB holds a table whole in memory, and reads it whole when it opens. */
  private void keepOutOfMemory() throws SQLException {
    for (String table : new JdbcTemplate(pool).queryForList(OWN_IN_MEMORY, String.class)) {
      execute("SET TABLE " + table + " TYPE CACHED");
    }
  }

  private DataSource dataSource() {
    return durable.map(DataSource.class::cast).orElse(pool);
  }

  /** Binds the data source, which is the only one. */
  public void bind(CamelContext context) {
    context.getRegistry().bind(NAME, dataSource());
  }

  /** Returns all of its connections. */
  DataSource pool() {
    return pool;
  }

  /**
   * Opens a few connections that are Quartz's own, which closes them: a node whose windows need all
   * others is alive all the same.
   */
  HikariDataSource openForQuartz() {
    HikariConfig config = new HikariConfig();
    pool.copyStateTo(config);
    config.setPoolName("stepsync-cluster");
    config.setMaximumPoolSize(QUARTZ_CONNECTIONS);
    Dialects.of(config.getJdbcUrl())
        .sessionStart(LONGEST_IDLE_QUARTZ, false)
        .ifPresent(config::setConnectionInitSql);
    return connect(config, isElsewhere(access));
  }

  /**
   * Binds an empty database in memory in the place of one that cannot be opened, for work that
   * writes nothing.
   */
  static void bindStandIn(CamelContext context) throws SQLException {
    context.getRegistry().bind(NAME, standIn());
  }

  /** Binds a database in memory without a table, in the place of one that a run would make. */
  static void bindNew(CamelContext context) {
    context.getRegistry().bind(NAME, inMemory());
  }

  /**
   * Refuses a database that is not there and could not be made; nothing is.
   *
   * @throws IllegalStateException saying why, and what to do about it
   */
  static void requireMakeable(CamelContext context) {
    DatabaseFiles.of(url(context))
        .filter(files -> !files.areThere())
        .ifPresent(DatabaseFiles::requireMakeable);
  }

  /** Returns a database in memory with stepsync's own tables, which are empty. */
  private static DataSource standIn() throws SQLException {
    DataSource memory = inMemory();
    OwnTables.migrate(memory);
    return memory;
  }

  private static DataSource inMemory() {
    return new DriverManagerDataSource("jdbc:hsqldb:mem:stand-in-" + UUID.randomUUID(), "SA", "");
  }

  /** Returns the JDBC URL that the properties name, as it may be shown. */
  public static String shownUrl(CamelContext context) {
    return Dialects.shownUrl(new PropertyReader(context).text(PREFIX + "url"));
  }

  /**
   * Returns the dialect of the database that the properties name; it is not opened.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   */
  public static Dialect dialect(CamelContext context) {
    return Dialects.of(new PropertyReader(context).text(PREFIX + "url"));
  }

  /** As {@link #dialect}, with nothing for a database that stepsync does not know. */
  public static Optional<Dialect> knownDialect(CamelContext context) {
    return Dialects.find(url(context));
  }

  /** For what reads or changes stepsync's own tables beside the routes. */
  JdbcTemplate sql() {
    return new JdbcTemplate(dataSource());
  }

  /** For what only reads stepsync's own tables: they are empty where none is there. */
  JdbcTemplate sqlToLook() throws SQLException {
    return OwnTables.areMissing(pool) ? emptySql() : sql();
  }

  /** Returns stepsync's own tables as they are before anything was run. */
  static JdbcTemplate emptySql() throws SQLException {
    return new JdbcTemplate(standIn());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * @throws IllegalStateException if something that was committed could not be written
   */
  @Override
  public void close() {
    boolean faulty = durable.filter(DurableDataSource::isFaulty).isPresent();
    access.ifPresent(Access::stopServing);
    if (isOwnFile()) {
      boolean full = files.filter(DatabaseFiles::isFull).isPresent();
      shutDown(faulty || full ? "SHUTDOWN IMMEDIATELY" : "SHUTDOWN");
      files.ifPresent(DatabaseFiles::closeToOthers);
    }
    durable.ifPresent(DurableDataSource::close);
    pool.close();
    access.ifPresent(Access::close);
    if (faulty) {
      throw new IllegalStateException(files.get().full("the end of a run could not be kept"));
    }
  }

  private void shutDown(String how) {
    try {
      execute(how);
    } catch (SQLException e) {
      LOG.warn("the database could not be shut down: {}", e.getMessage());
    }
  }
}
