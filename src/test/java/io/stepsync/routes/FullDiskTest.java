package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.main.DatabaseFiles;
import io.stepsync.main.DurableDataSource;
import io.stepsync.routes.StepsyncProcess.Result;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** An embedded database on a disk that is full: nothing is called committed that is not. */
class FullDiskTest {

  private static final int DISK_MEGABYTES = 40;
  private static final String COUNTS =
      "select count(*), (select current_id from stepsync_state where kind = 'sync') from \"item\"";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Path data;
  private Workspace workspace;

  @BeforeEach
  void mountADisk() throws Exception {
    data = Files.createDirectory(directory.resolve("data"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "none", data.toString()),
        "a disk of its own cannot be mounted here");
    workspace = new Workspace(directory);
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: id
        stepSize: 10
        maxGap: 0
        columns: "id: LONG, name: STRING"
        """
            .formatted(api.url()));
  }

  @AfterEach
  void unmountIt() throws Exception {
    run("umount", "-l", data.toString()); // whoever still closes a file there goes on
    api.close();
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private void records(long first, long last, int length) {
    api.records(first, last, id -> "{\"id\":%d,\"name\":\"%s\"}".formatted(id, "x".repeat(length)));
  }

  /** Leaves so much of the disk. */
  private void fillUpTo(long bytesLeft) throws Exception {
    try (RandomAccessFile filler = new RandomAccessFile(data.resolve("filler").toFile(), "rw")) {
      byte[] block = new byte[1 << 10];
      for (long free = data.toFile().getUsableSpace() - bytesLeft; free > 0; free -= block.length) {
        filler.write(block);
      }
    }
  }

  private void theNextRunGoesOnAsIfNothingHadBeen(int records) throws Exception {
    Files.delete(data.resolve("filler"));
    List<String> kept = workspace.query(COUNTS);
    String[] counts = kept.get(0).split(" ", -1);
    assertThat(Long.parseLong(counts[1])).isEqualTo(Long.parseLong(counts[0]) + 1);

    Result next = StepsyncProcess.run(directory, "sync", "item");

    assertThat(next.exitCode()).as(next.output()).isZero();
    assertThat(workspace.query(COUNTS)).containsExactly(records + " " + (records + 1));
  }

  @Test
  void a_run_fails_where_little_space_is_left_and_says_where() throws Exception {
    records(1, 100, 10);
    StepsyncProcess.run(directory, "sync", "item");
    records(101, 300, 10);
    fillUpTo(20 << 10);

    Result result = StepsyncProcess.run(directory, "sync", "item");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains("the disk is full, " + data + " has ")
        .contains("item: the windows that the run asked last could not be kept, the disk is full, ")
        .doesNotContain("caught up", "the end of the run");
    assertThat(workspace.query("select status from stepsync_run order by started"))
        .containsExactly("caught_up", "failed");
    theNextRunGoesOnAsIfNothingHadBeen(300);
  }

  @Test
  void a_run_fails_whose_commit_could_not_be_written_and_tells_the_checkpoint_that_is_stored()
      throws Exception {
    records(1, 100, 10);
    StepsyncProcess.run(directory, "sync", "item");
    records(101, 140, 10);
    records(131, 140, 1_200_000);
    fillUpTo(9 << 20);

    Result result = StepsyncProcess.run(directory, "sync", "item");

    assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
    assertThat(result.output()).contains("the disk is full, ").doesNotContain("caught up");
    theNextRunGoesOnAsIfNothingHadBeen(140);
  }

  /** HSQLDB calls such a commit done; where it is asked for space, there is plenty. */
  @Test
  void a_commit_that_hsqldb_could_not_write_to_its_log_fails_and_all_others_are_kept()
      throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:hsqldb:file:" + data.resolve("x") + ";hsqldb.lock_file=false");
    config.setUsername("SA");
    config.setMinimumIdle(0);
    config.setConnectionInitSql(DurableDataSource.TELL_WARNINGS);
    int committed = 0;
    try (HikariDataSource pool = new HikariDataSource(config);
        DurableDataSource durable =
            new DurableDataSource(
                pool,
                new DatabaseFiles(directory.resolve("x")),
                () -> pool.getHikariPoolMXBean().softEvictConnections())) {
      JdbcTemplate sql = new JdbcTemplate(durable);
      sql.execute("SET FILES WRITE DELAY FALSE");
      sql.execute("CREATE TABLE t (i INTEGER PRIMARY KEY, v VARCHAR(2000))");
      fillUpTo(100 << 10);

      SQLException failure = null;
      while (failure == null) {
        try (Connection connection = durable.getConnection()) {
          connection.setAutoCommit(false);
          insert(connection, committed);
          connection.commit();
          committed++;
        } catch (SQLException e) {
          failure = e;
        }
      }

      assertThat(failure.getMessage()).contains("the database could not write", "a commit");
      Files.delete(data.resolve("filler"));
      assertThat(durable.isFaulty()).isFalse();
      assertThat(sql.queryForObject("SELECT COUNT(*) FROM t", Integer.class)).isEqualTo(committed);
      sql.execute("SHUTDOWN");
    }
    assertThat(committed).isPositive();
  }

  private static void insert(Connection connection, int i) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      insert.setInt(1, i);
      insert.setString(2, "x".repeat(1500));
      insert.execute();
    }
  }
}
