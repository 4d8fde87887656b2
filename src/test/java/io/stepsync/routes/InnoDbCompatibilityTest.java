package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.page.PageServer;
import io.stepsync.run.Run;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What MariaDB and MySQL must do alike. */
abstract class InnoDbCompatibilityTest extends ServerCompatibilityTest {

  /** Does something while the server takes no longer packets. */
  abstract <T> T withPacketsOf(int bytes, Callable<T> work) throws Exception;

  /** Returns a collation of utf8mb4 that compares byte by byte and pads nothing. */
  abstract String unpadded();

  private String known(String collation) {
    return collation.equals("UNPADDED") ? unpadded() : collation;
  }

  @Override
  protected String moments(int decimals) {
    return "datetime(" + decimals + ")";
  }

  @Override
  protected String caseless() {
    return "varchar(100) character set utf8mb4 collate utf8mb4_general_ci";
  }

  @Override
  protected String padded() {
    return "varchar(100) character set utf8mb4 collate utf8mb4_bin";
  }

  @Override
  protected String exact() {
    return "varchar(100) character set utf8mb4";
  }

  @Override
  protected String momentType() {
    return "DATETIME(6)";
  }

  @Override
  protected List<String> wrongNames() {
    return List.of("x".repeat(65), "\ud83d\ude00", "ID");
  }

  @ParameterizedTest
  @CsvSource({
    "'', utf8mb4, utf8mb4_general_ci",
    "versionColumn: v, latin1, latin1_swedish_ci",
    "versionColumn: v, utf8mb4, utf8mb4_bin",
    "'', latin1, latin1_bin"
  })
  void a_change_of_case_is_written_whatever_the_collation(
      String more, String charset, String collation) throws Exception {
    stream("item", "id: LONG, name: STRING, v: LONG", more);
    table(
        "\"item\"",
        "\"id\" bigint primary key, \"v\" bigint, \"name\" varchar(9) character set %s collate %s"
            .formatted(charset, collation));
    String record = "{\"id\":%d,\"name\":\"%s\",\"v\":1}";
    api.records(1, 2, id -> record.formatted(id, "abc\u00e4"));
    synced();
    api.records(1, 1, id -> record.formatted(id, "ABC\u00e4"));

    Run refresh = workspace.refresh("item");

    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().upserted()).isEqualTo(1);
    assertThat(workspace.query("select \"name\" from \"item\" order by \"id\""))
        .containsExactly("ABC\u00e4", "abc\u00e4");
    assertThat(
            workspace.query(
                "select \"id\" from \"item\" where \"_stepsync_synced_at\" ="
                    + " (select max(\"_stepsync_synced_at\") from \"item\")"))
        .containsExactly("1");
    assertUnchanged(2);
  }

  @ParameterizedTest
  @CsvSource({"'', utf8mb4_bin", "metadataColumns: false, utf8mb4_bin", "'', UNPADDED"})
  void rows_of_a_key_that_others_made_are_found_and_deleted(String more, String collation)
      throws Exception {
    stream("item", "id: STRING, name: STRING", "deletes: hard\nmaxDeletes: 100%\n" + more);
    table(
        "\"item\"",
        "\"id\" varchar(36) character set utf8mb4 collate %s primary key, \"name\" text"
            .formatted(known(collation)));
    api.records(1, 20, id -> "{\"id\":\"%d\",\"name\":\"n\"}".formatted(id));
    synced();
    api.remove(5, 6);
    api.records(7, 7, id -> "{\"id\":\"7\",\"name\":\"N\"}");

    Run refresh = workspace.refresh("item");

    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().upserted()).isEqualTo(1);
    assertThat(refresh.getCounters().deleted()).isEqualTo(2);
    assertUnchanged(18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latin1_bin", "utf8mb4_bin", "UNPADDED"})
  void keys_that_differ_by_case_are_different_however_they_are_kept(String collation)
      throws Exception {
    workspace.stream(
        "item",
        "url: %s\ntable: item\nprimaryKey: code\nmetadataColumns: false\ncolumns: \"code: STRING\""
            .formatted(api.url()));
    workspace.execute(
        "create table item (code varchar(9) collate %s primary key)".formatted(known(collation)));
    api.records(1, 1, id -> "{\"id\":1,\"code\":\"a\"}");
    synced();
    api.records(2, 2, id -> "{\"id\":2,\"code\":\"A\"}");

    synced();

    assertThat(workspace.query("select code from item")).containsExactlyInAnyOrder("a", "A");
    assertUnchanged(2);
    workspace.execute("delete from item where binary code = 'A'");
    assertThat(workspace.verify("item").missing()).isEqualTo(1);
  }

  @Test
  void fixed_lengths_keep_what_fits_and_refuse_the_rest() throws Exception {
    stream("item", "id: LONG, code: STRING, bin: BINARY, r: FLOAT rounded", "");
    table(
        "\"item\"",
        "\"id\" bigint unsigned auto_increment primary key, \"code\" char(3), \"bin\" binary(2),"
            + " \"r\" float");
    api.records(1, 1, id -> "{\"id\":1,\"code\":\"ab\",\"bin\":\"AAE=\",\"r\":1.1}")
        .records(2, 2, id -> "{\"id\":2,\"code\":\"ab \"}")
        .records(3, 3, id -> "{\"id\":3,\"bin\":\"AA==\"}");

    Run run = synced();

    assertThat(run.getCounters().deadLetters()).isEqualTo(2);
    assertThat(workspace.query("select id, reason from stepsync_dead_letter order by id"))
        .containsExactly(
            "2 column code does not keep all blanks at the end of a text",
            "3 column bin must have 2 bytes, was 1");
    assertUnchanged(1);
  }

  @Test
  void a_row_of_id_0_keeps_it_in_a_column_that_counts() throws Exception {
    stream("item", "id: LONG", "initialId: 0");
    table("\"item\"", "\"id\" bigint auto_increment primary key");
    api.records(0, 2, id -> "{\"id\":%d}".formatted(id));

    synced();

    assertThat(workspace.query("select \"id\" from \"item\" order by 1"))
        .containsExactly("0", "1", "2");
  }

  @Test
  void a_column_whose_name_is_written_otherwise_is_the_same() throws Exception {
    stream("item", "id: LONG, name: STRING", "");
    table("\"item\"", "\"ID\" bigint primary key, \"Name\" text character set utf8mb4");
    api.records(1, 2, id -> "{\"id\":%d,\"name\":\"n\"}".formatted(id));

    synced();

    assertThat(workspace.query("select count(\"Name\") from \"item\"")).containsExactly("2");
    assertUnchanged(2);
  }

  @Override
  protected void endConnections() throws Exception {
    for (String id :
        workspace.query(
            "select id from information_schema.processlist"
                + " where db = database() and id <> connection_id()")) {
      workspace.execute("kill " + id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
        "ANSI,TRADITIONAL,PAD_CHAR_TO_FULL_LENGTH"
      })
  void all_is_written_and_told_whatever_the_mode_of_the_session(String mode) throws Exception {
    workspace =
        new Workspace(directory, database.with("?sessionVariables=sql_mode='%s'".formatted(mode)));
    stream("item", "id: LONG, text: STRING, price: DECIMAL(5,2)", "deletes: hard");
    String record = "{\"id\":%d,\"text\":\"a\\\\'\\\"%%_ \",\"price\":%s}";
    api.records(1, 20, id -> record.formatted(id, "1.25"))
        .records(7, 7, id -> record.formatted(id, "12345"));

    assertThat(synced().getCounters().deadLetters()).isEqualTo(1);

    assertThat(workspace.query("select distinct \"text\", \"price\" from \"item\""))
        .containsExactly("a\\'\"%_  1.25");
    api.records(1, 1, id -> record.formatted(id, "-1.25")).remove(20);
    Run refresh = workspace.refresh("item");
    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().upserted()).isEqualTo(1);
    assertThat(refresh.getCounters().unchanged()).isEqualTo(17);
    assertThat(refresh.getCounters().deleted()).isEqualTo(1);
    assertThat(workspace.verify("item").isEqual()).isTrue();
    workspace.property("stepsync.page.enabled", "true");
    try (PageServer page = new PageServer(workspace)) {
      assertThat(page.get("api/streams")).contains("\"deadLetters\":1");
      assertThat(page.get("api/stream?stream=item"))
          .contains("\"deadLetters\":[{\"cell\":", "\"meanMillis\":");
      assertThat(page.get("api/dead-letters")).contains("\"count\":1,\"id\":\"7\"");
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

  private void syncTextsWithPacketsOfOneMegabyte() throws Exception {
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
  }

  @Test
  void a_first_load_of_windows_larger_than_a_packet_whose_rows_are_not_is_written()
      throws Exception {
    String text = "x".repeat(90_000);
    api.records(1, 40, id -> "{\"id\":%d,\"text\":\"%s\"}".formatted(id, text));

    syncTextsWithPacketsOfOneMegabyte();

    assertThat(workspace.query("select count(*), max(\"id\") from \"all\""))
        .containsExactly("40 40");
  }

  @Test
  void a_window_that_is_larger_than_a_packet_is_written_in_parts() throws Exception {
    String text = "x".repeat(300_000);
    api.records(1, 10, id -> "{\"id\":%d,\"text\":\"%s\"}".formatted(id, text))
        .records(7, 7, id -> "{\"id\":7,\"text\":\"%s\"}".formatted(text.repeat(4)));

    syncTextsWithPacketsOfOneMegabyte();

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
