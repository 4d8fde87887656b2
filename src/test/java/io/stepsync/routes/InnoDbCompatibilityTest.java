package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.run.Run;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What MariaDB and MySQL must do alike. */
abstract class InnoDbCompatibilityTest extends ServerCompatibilityTest {

  /** Does something while the server takes no longer packets. */
  abstract <T> T withPacketsOf(int bytes, Callable<T> work) throws Exception;

  @Override
  void endConnections() throws Exception {
    for (String id :
        workspace.query(
            "select id from information_schema.processlist"
                + " where db = database() and id <> connection_id()")) {
      workspace.execute("kill " + id);
    }
  }

  @Test
  void a_session_in_which_the_server_cuts_values_off_is_refused() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = 'ANSI_QUOTES'");
      TableSettings table =
          TableSettings.parse("t", "id", Map.of("id", "LONG"), null, "evolve", true);
      assertThatThrownBy(() -> new TargetTable(connection, table).prepare())
          .hasMessage(
              "sql_mode must have STRICT_ALL_TABLES or STRICT_TRANS_TABLES, was ANSI_QUOTES");
    }
  }

  @Test
  void a_window_that_is_larger_than_a_packet_is_written_in_parts() throws Exception {
    String text = "x".repeat(300_000);
    api.records(1, 10, id -> "{\"id\":%d,\"text\":\"%s\"}".formatted(id, text))
        .records(7, 7, id -> "{\"id\":7,\"text\":\"%s\"}".formatted(text.repeat(4)));
    workspace.stream(
        "all",
        """
        url: %s
        table: all
        primaryKey: id
        maxGap: 0
        columns: "id: LONG, text: STRING"
        """
            .formatted(api.url()));

    Run run = withPacketsOf(1 << 20, () -> workspace.sync("all"));

    assertThat(run.getError()).isEmpty();
    assertThat(
            workspace.query("select records, upserted, unchanged, deleted, dead from stepsync_run"))
        .containsExactly("9 9 0 0 1");
    assertThat(workspace.query("select count(*), max(\"id\") from \"all\""))
        .containsExactly("9 10");
    assertThat(workspace.query("select id, kind, reason from stepsync_dead_letter"))
        .singleElement()
        .asString()
        .startsWith("7 fetch its rows are more than the database takes");
  }
}
