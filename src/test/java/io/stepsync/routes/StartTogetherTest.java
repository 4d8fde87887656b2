package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.store.OwnTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is started at the same moment as another, or as its database. */
class StartTogetherTest {

  private static final int NODES = 4;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(DatabaseServer.class)
  void nodes_that_start_at_the_same_moment_make_the_tables_of_an_empty_database_together(
      DatabaseServer server) throws Exception {
    TestDatabase database = server.newDatabase();
    DriverManagerDataSource dataSource =
        new DriverManagerDataSource(database.url(), database.username(), database.password());
    CyclicBarrier together = new CyclicBarrier(NODES);
    ExecutorService threads = Executors.newFixedThreadPool(NODES);
    List<Future<?>> nodes = new ArrayList<>();
    try {
      for (int node = 0; node < NODES; node++) {
        nodes.add(
            threads.submit(
                () -> {
                  together.await();
                  OwnTables.migrate(dataSource);
                  return null;
                }));
      }
      for (Future<?> node : nodes) {
        node.get();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(OwnTables.areIn(dataSource)).isTrue();
  }

  @Test
  void a_run_waits_for_a_database_that_cannot_be_reached_yet_and_a_verb_does_not()
      throws Exception {
    DatabaseServer server = DatabaseServer.POSTGRES;
    try (RangeApi api = new RangeApi();
        ClusterNode node = new ClusterNode(directory.resolve("node"), server.newDatabase())) {
      node.stream("user", api, Workspace.NEVER);
      server.stop();
      try {
        node.start().awaitOutput("it is waited for, 60 s at most");
        Result verb = StepsyncProcess.run(node.workspace().directory(), "status");

        assertThat(verb.exitCode()).isEqualTo(1);
        assertThat(verb.output()).contains("cannot be opened").doesNotContain("waited for");
      } finally {
        server.startAgain();
      }
      node.awaitOutput("of a cluster");

      assertThat(node.output().split("waited for", -1)).hasSize(2);
    }
  }
}
