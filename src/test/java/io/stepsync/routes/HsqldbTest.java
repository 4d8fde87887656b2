package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HsqldbTest extends DatabaseCompatibilityTest {

  @Override
  TestDatabase database(Path directory) {
    return TestDatabase.hsqldb(directory);
  }

  @Override
  String caseless() {
    return "varchar_ignorecase(100)";
  }

  @Override
  String padded() {
    return "varchar(100) collate sql_text";
  }

  @Override
  String stored() {
    return "";
  }

  @Override
  String momentType() {
    return "TIMESTAMP(9) WITH TIME ZONE";
  }

  @Override
  List<String> wrongNames() {
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
}
