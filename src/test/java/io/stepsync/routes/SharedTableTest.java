package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.run.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two streams that write one table: neither may delete what the other wrote. */
class SharedTableTest {

  @TempDir Path directory;
  private final RangeApi old = new RangeApi().users(1, 20);
  private final RangeApi young = new RangeApi().users(21, 40);
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace = new Workspace(directory);
  }

  @AfterEach
  void close() {
    old.close();
    young.close();
  }

  private void streams(String deletes, String oneTable, String otherTable) throws Exception {
    stream("old", old, oneTable, deletes);
    stream("young", young, otherTable, "ignore");
  }

  private void stream(String name, RangeApi api, String table, String deletes) throws Exception {
    workspace.stream(
        name,
        """
        url: %s
        table: '%s'
        primaryKey: id
        maxGap: 100
        deletes: %s
        maxDeletes: 100%%
        columns: "%s"
        """
            .formatted(api.url(), table, deletes, Workspace.USER_COLUMNS));
  }

  private static String refusal(String deletes) {
    return "stream old: deletes must be ignore, as stream young writes table user too, was "
        + deletes
        + "; give each stream a table of its own";
  }

  @ParameterizedTest
  @ValueSource(strings = {"soft", "hard"})
  void a_stream_that_deletes_is_refused_where_another_writes_the_same_table(String deletes)
      throws Exception {
    streams(deletes, "user", "user");

    assertThatThrownBy(workspace::load)
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(refusal(deletes));
  }

  @Test
  void the_one_that_deletes_is_named_whichever_comes_first() throws Exception {
    stream("a", old, "user", "ignore");
    stream("b", young, "user", "hard");

    assertThatThrownBy(workspace::load)
        .hasMessageStartingWith("stream b: deletes must be ignore, as stream a writes table user");
  }

  @ParameterizedTest
  @CsvSource({"validate", "check", "sync"})
  void verbs_tell_it_in_one_line(String verb) throws Exception {
    streams("hard", "user", "user");

    Result result = StepsyncProcess.run(directory, verb);

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output().lines().filter(line -> line.contains(refusal("hard")))).hasSize(1);
  }

  @Test
  void streams_that_delete_nothing_may_share_a_table() throws Exception {
    streams("ignore", "user", "user");

    workspace.sync("old");
    Run run = workspace.sync("young");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.value("select count(*) from \"user\"", Long.class)).isEqualTo(40);
  }

  /** Names are always quoted, so they are names of the same table only if they are the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hsqldb     | USER",
        "hsqldb     | \"public.user\"",
        "postgresql | USER",
        "postgresql | \"public.user\"",
        "mariadb    | USER",
        "mariadb    | \"public.user\"",
      })
  void a_table_whose_name_is_spelt_otherwise_is_another_that_keeps_its_rows(
      String database, String name) throws Exception {
    workspace = new Workspace(directory, database(database));
    streams("hard", "user", name);
    workspace.sync("old");
    workspace.sync("young");

    Run refresh = workspace.refresh("old");

    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().deleted()).isZero();
    String other = name.startsWith("\"") ? name : '"' + name + '"';
    assertThat(workspace.query("select count(*), min(\"id\") from " + other))
        .containsExactly("20 21");
    assertThat(workspace.query("select count(*), min(\"id\") from \"user\""))
        .containsExactly("20 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"hsqldb | PUBLIC", "postgresql | public", "mariadb | its own", "mysql | its own"})
  void a_table_with_its_schema_and_without_is_one(String database, String schema) throws Exception {
    TestDatabase own = database(database);
    workspace = new Workspace(directory, own);
    streams("hard", "user", schema.replace("its own", own.username()) + ".user");

    assertThatThrownBy(() -> workspace.sync("old"))
        .hasMessageStartingWith("stream old: deletes must be ignore, as stream young writes table ")
        .hasMessageContaining(".user too, which is user in this database, was hard");
  }

  @Test
  void quotes_make_no_other_name() throws Exception {
    streams("hard", "user", "\"user\"");

    assertThatThrownBy(workspace::load).hasMessageStartingWith(refusal("hard"));
  }

  private TestDatabase database(String name) throws Exception {
    return switch (name) {
      case "postgresql" -> PostgresServer.newDatabase();
      case "mariadb" -> MariaDbServer.newDatabase();
      case "mysql" -> MySqlServer.newDatabase();
      default -> TestDatabase.hsqldb(directory);
    };
  }

  @Test
  void on_a_mariadb_without_a_difference_of_case_two_spellings_are_one_table() throws Exception {
    workspace = new Workspace(directory, MariaDbServer.newCaseInsensitiveDatabase());
    streams("hard", "user", "User");

    assertThatThrownBy(() -> workspace.sync("old"))
        .hasMessage(
            "stream old: deletes must be ignore, as stream young writes table User too, which is"
                + " user in this database, was hard; give each stream a table of its own");

    stream("old", old, "user", "ignore");
    workspace.sync("old");
    workspace.sync("young");
    assertThat(workspace.value("select count(*) from \"user\"", Long.class)).isEqualTo(40);
  }
}
