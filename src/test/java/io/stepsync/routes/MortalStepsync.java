package io.stepsync.routes;

import io.stepsync.Stream;
import io.stepsync.demo.SettableClock;
import io.stepsync.main.Database;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.verify.VerifyReport;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.springframework.jdbc.core.JdbcTemplate;

/** The routes and a database, for many lives of one stream, of which each can end in a run. */
final class MortalStepsync implements AutoCloseable {

  static final String STREAM = "item";

  private static final String MEMORY = "stepsyncStreamMemories";

  private final Main main = new Main();
  private final Database database;
  private final MortalDataSource mortal;
  private final JdbcTemplate sql;
  private final SettableClock clock = new SettableClock();
  private Stream stream;

  MortalStepsync(Path directory) throws Exception {
    new Workspace(directory);
    main.setDefaultPropertyPlaceholderLocation(
        "file:"
            + directory.resolve("application.properties")
            + ",classpath:stepsync/application.properties");
    main.configure().withRoutesIncludePattern("classpath:camel-template/*");
    main.init();
    CamelContext context = main.getCamelContext();
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    database = Database.open(context);
    database.bind(context);
    DataSource pool = context.getRegistry().lookupByNameAndType(Database.NAME, DataSource.class);
    mortal = new MortalDataSource(pool);
    context.getRegistry().bind(Database.NAME, mortal);
    context.getRegistry().bind("stepsyncClock", clock);
    sql = new JdbcTemplate(pool);
    main.start();
  }

  /** Begins the life of another stream. */
  void begin(Stream other) {
    stream = other;
    main.getCamelContext().getRegistry().bind(STREAM, stream);
    sql.execute("drop table \"item\" if exists");
    List.of("state", "run", "window", "dead_letter")
        .forEach(t -> sql.execute("delete from stepsync_" + t));
    restart(1);
  }

  /** Begins another process, which remembers nothing, with so many lanes in its files. */
  void restart(int lanes) {
    stream.setLanes(lanes);
    main.getCamelContext().getRegistry().unbind(MEMORY);
  }

  /**
   * Runs the lanes of the stream, one behind the other; the process dies after so many statements
   * and commits.
   */
  List<Run> run(RunKind kind, int steps, Random random) {
    mortal.dieAfter(steps);
    try {
      return LaneByLane.of(main.getCamelContext(), STREAM, kind, random);
    } finally {
      mortal.live();
      mortal.between(0, () -> {});
    }
  }

  /** Does something in the next run, between any two transactions. */
  void between(int transactions, Runnable news) {
    mortal.between(transactions, news);
  }

  /** Runs the lowest lane alone, which cuts the stream where that is due. */
  Run runLowest() {
    return LaneByLane.run(main.getCamelContext(), STREAM, RunKind.SYNC, 0);
  }

  /** Runs the stream; the connection is lost behind a commit, by its number. */
  Run runLosingCommit(int commit) throws Exception {
    mortal.loseCommit(commit);
    return Standalone.run(main.getCamelContext(), STREAM, RunKind.SYNC);
  }

  /** As {@link #runLosingCommit}, and the run fails. */
  Run runFailingAtCommit(int commit) throws Exception {
    mortal.loseCommitForGood(commit);
    return Standalone.run(main.getCamelContext(), STREAM, RunKind.SYNC);
  }

  /** What the table of runs has of the last run: its status and the rows that it wrote. */
  String lastRun() {
    return sql.queryForObject(
        "select status || ' ' || upserted from stepsync_run order by started desc fetch 1 rows only",
        String.class);
  }

  long checkpoint() {
    List<Long> ids =
        sql.queryForList("select current_id from stepsync_state where kind = 'sync'", Long.class);
    return ids.isEmpty() ? 1 : ids.get(0);
  }

  /** The IDs below the checkpoint of the lane that they are in. */
  BitSet settled() {
    BitSet ids = new BitSet();
    ids.set(0);
    sql.query(
        "select coalesce(first_id, 0), current_id from stepsync_state where kind = 'sync'",
        row -> {
          ids.set(row.getInt(1), row.getInt(2));
        });
    return ids;
  }

  /** The time, as runs are told it. */
  SettableClock clock() {
    return clock;
  }

  int lanes() {
    return sql.queryForObject(
        "select count(*) from stepsync_state where kind = 'sync'", Integer.class);
  }

  /** The rows that are not marked as deleted, with their versions. */
  Map<Long, Integer> table() {
    Map<Long, Integer> rows = new TreeMap<>();
    if (!sql.queryForList("select 1 from information_schema.tables where table_name = 'item'")
        .isEmpty()) {
      sql.query(
          "select \"id\", \"v\" from \"item\" where not \"_stepsync_deleted\"",
          row -> {
            rows.put(row.getLong(1), row.getInt(2));
          });
    }
    return rows;
  }

  /** Holds the table against the source. */
  VerifyReport verify() {
    try {
      return Workspace.verify(main.getCamelContext(), STREAM, Map.of());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes rows, as only others do. */
  void damage(String statement) {
    sql.execute(statement);
  }

  /** The IDs of the dead letters of a kind. */
  List<Long> deadLetters(String kind) {
    return sql.queryForList(
        "select id from stepsync_dead_letter where kind = ? order by id", Long.class, kind);
  }

  @Override
  public void close() {
    main.stop();
    database.close();
  }
}
