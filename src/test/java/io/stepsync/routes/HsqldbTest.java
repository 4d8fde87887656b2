package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HsqldbTest extends DatabaseCompatibilityTest {

  private static final String IN_MEMORY =
      "select table_name from information_schema.system_tables"
          + " where hsqldb_type = 'MEMORY' and table_name like 'STEPSYNC%'";

  @Override
  protected TestDatabase database(Path directory) {
    return TestDatabase.hsqldb(directory);
  }

  @Override
  protected String caseless() {
    return "varchar_ignorecase(100)";
  }

  @Override
  protected String padded() {
    return "varchar(100) collate sql_text";
  }

  @Override
  protected String stored() {
    return "";
  }

  @Override
  protected String momentType() {
    return "TIMESTAMP(9) WITH TIME ZONE";
  }

  @Override
  protected List<String> wrongNames() {
    return List.of("x".repeat(129));
  }

  @ParameterizedTest
  @ValueSource(strings = {"varchar_ignorecase(9)", "varchar(9) collate \"English 1\""})
  void a_column_that_hides_changes_is_refused(String type) throws Exception {
    stream("item", "id: LONG, name: STRING", "");
    table("\"item\"", "\"id\" bigint primary key, \"name\" " + type);

    assertThat(workspace.sync("item").getError().orElseThrow())
        .startsWith("table item column name ")
        .contains("make it VARCHAR(1073741824)");
  }

  @Test
  void none_of_its_own_tables_is_held_whole_in_memory_nor_one_that_was() throws Exception {
    stream("item", "id: LONG, name: STRING", "");
    workspace.sync("item");
    assertThat(workspace.query(IN_MEMORY)).isEmpty();

    workspace.execute("set table stepsync_dead_letter type memory");
    assertThat(workspace.query(IN_MEMORY)).hasSize(1);
    workspace.sync("item");

    assertThat(workspace.query(IN_MEMORY)).isEmpty();
  }
}
