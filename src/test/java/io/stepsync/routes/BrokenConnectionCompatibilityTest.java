package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.main.Standalone;
import io.stepsync.run.Counters;
import io.stepsync.run.Run;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the network does to a connection: no row is lost or written twice, the checkpoint is
 * true, what is told of the run too, and the next run goes on. A subclass a database server.
 */
abstract class BrokenConnectionCompatibilityTest {

  private static final String RUN =
      "select status, windows, records, upserted, unchanged, deleted, dead from stepsync_run";

  /** A limit of the driver, and one of the server, that a user set. */
  private static final int LIMIT_SECONDS = 2;

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private TestDatabase database;
  private DatabaseProxy proxy;
  private Workspace workspace;

  abstract TestDatabase newDatabase() throws Exception;

  /** Returns how many transactions wait for a lock of another one. */
  abstract long waiting() throws Exception;

  /** Returns what a URL has for these limits of the driver's wait and of an idle transaction. */
  abstract String limits(int seconds);

  /** Returns how many seconds the server lets a transaction stand still. */
  abstract long idleSeconds(Connection connection) throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = newDatabase();
    proxy = new DatabaseProxy(database);
    workspace = workspace("first", proxy.database(""));
    api.records(1, 500, id -> "{\"id\":%d,\"v\":1}".formatted(id));
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
    api.close();
  }

  /** Quartz has a name for each context of a process. */
  private Workspace workspace(String name, TestDatabase through) throws Exception {
    Workspace made =
        new Workspace(Files.createDirectories(directory.resolve(name)), through)
            .property("camel.main.name", name);
    made.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: id
        columns: "id: LONG, v: INT"
        stepSize: 100
        maxId: 500
        """
            .formatted(api.url()));
    return made;
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER", "DELIVERED_AFTER_THE_CUT", "BYTE_BY_BYTE"})
  void costs_a_run_nothing_at_its_first_commit_a_middle_one_or_its_last(Mishap mishap)
      throws Exception {
    workspace
        .load()
        .withoutTriggers(
            context -> {
              for (int commit : List.of(1, 3, 5)) {
                costsNothing(context, mishap, commit);
              }
              return null;
            });
  }

  private void costsNothing(CamelContext context, Mishap mishap, int commit) throws Exception {
    api.records(1, 500, id -> "{\"id\":%d,\"v\":1}".formatted(id));
    Run load = runWith(context, RunKind.SYNC, mishap, commit);

    assertTold(load, "caught_up 5 500 500 0 0 0");
    assertRows(1);

    api.records(1, 500, id -> "{\"id\":%d,\"v\":2}".formatted(id));
    forgetRuns();
    Run refresh = runWith(context, RunKind.REFRESH, mishap, commit);

    assertTold(refresh, "caught_up 5 500 500 0 0 0");
    assertRows(2);
    assertNextRunGoesOn(context);
    forgetRuns();
    workspace.execute("delete from stepsync_state");
    workspace.execute("delete from \"item\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void a_run_that_has_written_all_is_told_as_such(Mishap mishap) throws Exception {
    workspace
        .load()
        .withoutTriggers(
            context -> {
              int windows = 5;
              proxy.at("UPDATE stepsync_run\\s+SET ended", windows + 1, mishap);

              Run run = Standalone.run(context, "item", RunKind.SYNC);

              assertThat(proxy.hasMishapCome()).isTrue();
              assertTold(run, "caught_up 5 500 500 0 0 0");
              assertRows(1);
              assertThat(workspace.query("select loaded from stepsync_state where kind = 'sync'"))
                  .containsExactly("1");
              assertNextRunGoesOn(context);
              return null;
            });
  }

  private void forgetRuns() throws Exception {
    workspace.execute("delete from stepsync_run");
    workspace.execute("delete from stepsync_window");
  }

  @Test
  void a_commit_that_comes_late_is_waited_for() throws Exception {
    workspace
        .load()
        .withoutTriggers(
            context -> {
              proxy.atCommit(3, Mishap.HELD);
              CompletableFuture<Run> run = inBackground(context, RunKind.SYNC);
              awaitMishap(run);
              assertThat(checkpoint()).isEqualTo(201);
              assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("200");
              proxy.release();

              assertTold(run.get(), "caught_up 5 500 500 0 0 0");
              assertRows(1);
              assertNextRunGoesOn(context);
              return null;
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"NOTHING_TO_SERVER", "NOTHING_TO_CLIENT"})
  void a_connection_that_is_dead_and_open_is_given_up(Mishap mishap) throws Exception {
    workspace = workspace("first", proxy.database(limits(LIMIT_SECONDS)));
    workspace
        .load()
        .withoutTriggers(
            context -> {
              proxy.atCommit(3, mishap);

              Run run = Standalone.run(context, "item", RunKind.SYNC);

              assertThat(proxy.hasMishapCome()).isTrue();
              assertTold(run, "caught_up 5 500 500 0 0 0");
              assertRows(1);
              assertNextRunGoesOn(context);
              return null;
            });
  }

  @Test
  void an_answer_is_waited_for_and_an_idle_transaction_kept_for_a_time() throws Exception {
    assertThat(limits(workspace)).isEqualTo("1800000 600");
    assertThat(limits(workspace("own", proxy.database(limits(LIMIT_SECONDS))))).isEqualTo("2000 2");
  }

  private String limits(Workspace of) throws Exception {
    return of.load()
        .withoutTriggers(
            context -> {
              try (Connection connection = DataSources.of(context).getConnection()) {
                return connection.getNetworkTimeout() + " " + idleSeconds(connection);
              }
            });
  }

  @Test
  void a_runner_that_was_held_while_another_moved_the_checkpoint_changes_nothing()
      throws Exception {
    workspace
        .load()
        .withoutTriggers(
            context -> {
              proxy.at("INSERT INTO [`\"]item[`\"]", Mishap.HELD);
              CompletableFuture<Run> held = inBackground(context, RunKind.SYNC);
              awaitMishap(held);
              api.records(1, 500, id -> "{\"id\":%d,\"v\":2}".formatted(id));
              Run other = workspace("second", database).sync("item");
              proxy.release();

              assertThat(other.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
              assertThat(held.get().getError())
                  .hasValue(
                      "window 1..100: another runner of this stream has moved its checkpoint");
              assertThat(held.get().getCheckpoint().currentId()).isEqualTo(501);
              assertThat(workspace.query(RUN + " order by status")).contains("failed 0 0 0 0 0 0");
              assertRows(2);
              assertNextRunGoesOn(context);
              return null;
            });
  }

  private CompletableFuture<Run> inBackground(CamelContext context, RunKind kind) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Standalone.run(context, "item", kind);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void awaitMishap(CompletableFuture<Run> run) {
    await().failFast("the run has ended", run::isDone).until(proxy::hasMishapCome);
  }

  /** What is held comes once someone waits for what it is to do. */
  private Run runWith(CamelContext context, RunKind kind, Mishap mishap, int commit)
      throws Exception {
    proxy.atCommit(commit, mishap);
    CompletableFuture<Run> run = inBackground(context, kind);
    if (mishap == Mishap.DELIVERED_AFTER_THE_CUT) {
      awaitMishap(run);
      await().until(() -> waiting() > 0 || run.isDone());
      proxy.release();
    }
    Run ended = run.get();
    assertThat(proxy.hasMishapCome()).isTrue();
    return ended;
  }

  private void assertTold(Run run, String row) throws Exception {
    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(RUN)).containsExactly(row);
    Counters counters = run.getCounters();
    assertThat(
            "%s %d %d %d"
                .formatted(
                    "caught_up", counters.windows(), counters.records(), counters.upserted()))
        .isEqualTo(row.replaceFirst("(\\S+ \\S+ \\S+ \\S+) .*", "$1"));
    assertThat(workspace.query("select count(*), sum(records) from stepsync_window"))
        .containsExactly("5 500");
  }

  private void assertRows(int version) throws Exception {
    assertThat(
            workspace.query(
                "select count(*), count(distinct \"id\"), min(\"v\"), max(\"v\") from \"item\""))
        .isEqualTo(List.of("500 500 " + version + " " + version));
    assertThat(checkpoint()).isEqualTo(501);
  }

  private long checkpoint() throws Exception {
    return workspace.value("select current_id from stepsync_state where kind = 'sync'", Long.class);
  }

  private void assertNextRunGoesOn(CamelContext context) throws Exception {
    Run next = Standalone.run(context, "item", RunKind.SYNC);

    assertThat(next.getError()).isEmpty();
    assertThat(next.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(next.getCounters().upserted()).isZero();
    assertThat(checkpoint()).isEqualTo(501);
    assertThat(workspace.query("select count(*) from stepsync_run where status = 'running'"))
        .containsExactly("0");
  }
}
