package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.run.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresTest extends ServerCompatibilityTest {

  @Override
  TestDatabase database(Path directory) throws Exception {
    return PostgresServer.newDatabase();
  }

  @Override
  void endConnections() throws Exception {
    workspace.query(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
  }

  @Override
  void forbidTables(TestDatabase database) throws Exception {
    PostgresServer.forbidTables(database);
  }

  @Override
  void stopServer() throws Exception {
    PostgresServer.stop();
  }

  @Override
  void startServer() throws Exception {
    PostgresServer.startAgain();
  }

  @Test
  void what_is_refused_only_at_the_commit_is_left_out_too() throws Exception {
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: id
        columns: "id: LONG, owner: LONG"
        deletes: hard
        """
            .formatted(api.url()));
    api.records(1, 30, id -> "{\"id\":%d,\"owner\":1}".formatted(id));
    workspace.sync("item");
    workspace.execute(
        "create table ticket (holder bigint references item (id) deferrable initially deferred)");
    workspace.execute("insert into ticket values (5)");
    workspace.execute(
        "alter table item add foreign key (owner) references item (id) deferrable initially"
            + " deferred");
    api.remove(5, 6);
    api.records(8, 8, id -> "{\"id\":8,\"owner\":77}");

    Run run = workspace.refresh("item");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().deleted()).isEqualTo(1);
    assertThat(workspace.query("select id, kind from stepsync_dead_letter order by id"))
        .containsExactly("5 delete", "8 record");
  }
}
