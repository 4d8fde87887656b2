package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a sink, a recordSink, a transform and the notice of a run's end can do to a run. */
class SinkTest {

  @TempDir Path directory;

  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    workspace = new Workspace(directory);
    api.users(1, 1500);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void sink(String route) throws IOException {
    workspace.userStream(api.url(), "maxGap: 0\nretries: 0\nsink: direct:mine");
    workspace.write("routes/mine.camel.yaml", route);
  }

  private static String route(String head, String steps) {
    return """
    - route:
        id: mine
    %s
        from:
          uri: direct:mine
          steps:
    %s
    """
        .formatted(head.strip().indent(4).stripTrailing(), steps.strip().indent(8).stripTrailing());
  }

  private static final String HANDLED =
      """
      - onException:
          exception: [java.lang.Exception]
          handled: { constant: "true" }
          steps:
            - log: { message: "mine: ${exception.message}" }
      """;

  private void assertFailedInSecondWindow(Run run, String message) throws Exception {
    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(run.getError().orElseThrow()).startsWith("window 1001..2000: ").contains(message);
    assertThat(run.getCounters().upserted()).isEqualTo(1000);
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("1000");
    assertThat(workspace.query("SELECT status, records FROM stepsync_run"))
        .containsExactly("failed 1000");
    assertThat(workspace.query("SELECT current_id FROM stepsync_state WHERE kind = 'sync'"))
        .containsExactly("1001");
  }

  private static String inSecondWindow(String step) {
    return """
    - to: direct:stepsync-upsert
    - filter:
        simple: ${variable.window.firstId} > 1000
        steps:
          %s
    """
        .formatted(step.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - rollback: { message: mine says no }                | mine says no
          - rollback: { markRollbackOnly: true }               | rolled back
          - rollback: { markRollbackOnlyLast: true }           | rolled back
          - throwException: { exceptionType: java.lang.IllegalStateException, message: mine says no } | mine says no
          - throwException: { exceptionType: java.lang.InterruptedException, message: mine says no } | the thread was interrupted: mine says no
          """)
  void a_sink_that_rolls_back_fails_the_run(String step, String message) throws Exception {
    sink(route("", inSecondWindow(step)));
    assertFailedInSecondWindow(workspace.sync("user"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - rollback: { message: mine says no }                | mine says no
          - throwException: { exceptionType: java.lang.IllegalStateException, message: mine says no } | mine says no
          """)
  void a_sink_whose_error_handler_takes_the_error_fails_the_run(String step, String message)
      throws Exception {
    sink(
        "- routeConfiguration:\n    id: mine\n    onException:\n"
            + HANDLED.strip().indent(6)
            + route("routeConfigurationId: mine", inSecondWindow(step)));
    assertFailedInSecondWindow(workspace.sync("user"), message);
  }

  @Test
  void a_sink_that_taps_the_rows_off_to_the_table_is_refused() throws Exception {
    sink(
        route(
            "",
            """
            - filter:
                simple: ${body.size} > 0
                steps:
                  - wireTap: { uri: "direct:stepsync-upsert" }
            """));
    assertThatThrownBy(() -> workspace.load())
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(
            "route mine: direct:stepsync-upsert must be called by to, as no window waits for a wireTap");
  }

  @Test
  void a_sink_whose_errors_go_to_a_dead_letter_channel_fails_the_run() throws Exception {
    sink(
        route(
            "errorHandler: { deadLetterChannel: { deadLetterUri: \"log:dead\" } }",
            inSecondWindow(
                "- throwException: { exceptionType: java.lang.IllegalStateException, message: mine"
                    + " says no }")));
    assertFailedInSecondWindow(workspace.sync("user"), "mine says no");
  }

  @Test
  void a_sink_in_the_transaction_that_rolls_back_fails_the_run() throws Exception {
    sink(
        route(
            "",
            "- transacted: { ref: stepsyncTransaction }\n"
                + inSecondWindow("- rollback: { markRollbackOnly: true }")));
    assertFailedInSecondWindow(workspace.sync("user"), "rolled back");
  }

  @Test
  void what_a_sink_stops_before_the_table_is_not_counted_as_upserted() throws Exception {
    sink(
        route(
            "",
            """
            - filter:
                simple: ${variable.window.firstId} > 1000
                steps:
                  - stop: {}
            - to: direct:stepsync-upsert"""));
    Run run = workspace.sync("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().records()).isEqualTo(1500);
    assertThat(run.getCounters().upserted()).isEqualTo(1000);
    assertThat(run.getCounters().unchanged()).isZero();
  }

  @Test
  void rows_that_a_sink_has_written_twice_are_counted_once() throws Exception {
    sink(
        route(
            "",
            """
            - setVariable: { name: records, simple: "${body}" }
            - to: direct:stepsync-upsert
            - setBody: { variable: records }
            - to: direct:stepsync-upsert"""));
    Run run = workspace.sync("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(1500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${body[0]}", "${bodyAs(String)}", "${null}"})
  void the_table_gets_the_records_that_came_or_none(String body) throws Exception {
    sink(route("", "- setBody: { simple: \"" + body + "\" }\n- to: direct:stepsync-upsert"));
    Run run = workspace.sync("user");
    assertThat(run.getError().orElseThrow())
        .startsWith("window 1..1000: direct:stepsync-upsert must be given the window's records");
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows", "stream", "window", "lane", "kind", "records"})
  void a_sink_may_have_variables_of_any_name(String name) throws Exception {
    sink(
        route(
            "",
            "- setVariable: { name: " + name + ", constant: mine }\n- to: direct:stepsync-upsert"));
    Run run = workspace.sync("user");
    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().upserted()).isEqualTo(1500);
  }

  @Test
  void without_a_table_the_key_needs_columns() throws Exception {
    workspace.stream("user", "url: " + api.url() + "\nmaxGap: 0\nprimaryKey: id\nsink: log:mine");
    assertThatThrownBy(() -> workspace.sync("user"))
        .hasMessageStartingWith(
            "stream user: primaryKey must not be set without table or columns, was id");
    workspace.edit("user", "primaryKey: id", "primaryKey: id\n        columns: \"id: STRING\"");
    Run run = workspace.sync("user");
    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().upserted()).isEqualTo(1500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:stepsyncDataSource", "bean:io.stepsync.routes.SinkTest$OwnSql"})
  void rows_that_a_sink_writes_by_itself_go_with_the_window(String endpoint) throws Exception {
    sink(
        route(
            "",
            """
            - setBody: { simple: "INSERT INTO mine VALUES (${variable.window.firstId})" }
            - to: "%s"
            - filter:
                simple: ${variable.window.firstId} > 1000
                steps:
                  - throwException: { exceptionType: java.lang.IllegalStateException, message: mine says no }
            """
                .formatted(endpoint)));
    makeMine();
    Run run = workspace.sync("user");
    assertThat(run.getError().orElseThrow()).isEqualTo("window 1001..2000: mine says no");
    assertThat(workspace.query("SELECT id FROM mine")).containsExactly("1");
  }

  /** camel-sql commits after it, by the connection that the driver's statement tells. */
  @Test
  void many_rows_that_a_sink_writes_at_once_go_with_the_window() throws Exception {
    sink(
        route(
            "",
            """
            - setBody: { simple: "${variable.window.firstId},${variable.window.lastId}" }
            - split: { tokenize: ",", aggregationStrategy: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy" }
            - to: "sql:INSERT INTO mine VALUES (#)?dataSource=#stepsyncDataSource&batch=true"
            - filter:
                simple: ${variable.window.firstId} > 1000
                steps:
                  - throwException: { exceptionType: java.lang.IllegalStateException, message: mine says no }
            """));
    makeMine();
    Run run = workspace.sync("user");
    assertThat(run.getError().orElseThrow()).isEqualTo("window 1001..2000: mine says no");
    assertThat(workspace.query("SELECT id FROM mine")).containsExactlyInAnyOrder("1", "1000");
  }

  @Test
  void a_statement_of_a_sink_that_is_refused_takes_no_rows_of_the_window_with_it()
      throws Exception {
    sink(
        route(
            "",
            """
            - to: direct:stepsync-upsert
            - doTry:
                steps:
                  - setBody: { constant: "INSERT INTO mine VALUES (1)" }
                  - to: jdbc:stepsyncDataSource
                doCatch:
                  - exception: [java.lang.Exception]
                    steps:
                      - log: { message: there already }
            """));
    makeMine();
    Run run = workspace.sync("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query("SELECT id FROM mine")).containsExactly("1");
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("1500");
  }

  private void makeMine() throws Exception {
    workspace
        .load()
        .withDatabase(
            sql -> {
              sql.execute("CREATE TABLE mine (id BIGINT PRIMARY KEY)");
              return null;
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"message: mine says no", "markRollbackOnly: true"})
  void a_notice_that_rolls_back_changes_nothing(String rollback) throws Exception {
    workspace.userStream(api.url(), "maxGap: 0\nretries: 0");
    workspace.write(
        "routes/told.camel.yaml",
        """
        - route:
            from:
              uri: direct:stepsync-notify
              steps:
                - rollback: { %s }
        """
            .formatted(rollback));
    assertThat(workspace.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query("SELECT status FROM stepsync_run")).containsExactly("caught_up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rollback: { markRollbackOnly: true }",
        "throwException: { exceptionType: java.io.IOException, message: no }"
      })
  void a_transform_that_rolls_back_or_whose_error_is_taken_makes_a_dead_letter(String step)
      throws Exception {
    workspace.userStream(api.url(), "maxGap: 0\nretries: 0\ntransform: direct:mine");
    workspace.write(
        "routes/mine.camel.yaml",
        route(
            "errorHandler: { deadLetterChannel: { deadLetterUri: \"log:dead\" } }",
            """
            - filter:
                simple: ${body[id]} == 7
                steps:
                  - %s
            """
                .formatted(step)));
    Run run = workspace.sync("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("1499");
  }

  @Test
  void a_record_sink_that_rolls_back_fails_the_run() throws Exception {
    Run run = syncIntoRecordSink("rollback: { markRollbackOnly: true }");

    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(run.getError().orElseThrow()).startsWith("window 1001..2000: ");
  }

  @Test
  void a_record_that_the_record_sinks_error_handler_took_is_taken() throws Exception {
    Run run =
        syncIntoRecordSink("throwException: { exceptionType: java.io.IOException, message: no }");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
  }

  private Run syncIntoRecordSink(String step) throws Exception {
    workspace.stream("user", "url: " + api.url() + "\nmaxGap: 0\nrecordSink: direct:mine");
    workspace.write(
        "routes/mine.camel.yaml",
        route(
            "errorHandler: { deadLetterChannel: { deadLetterUri: \"log:dead\" } }",
            """
            - filter:
                simple: ${variable.window.firstId} > 1000
                steps:
                  - %s
            """
                .formatted(step)));
    return workspace.sync("user");
  }

  /** What a user would write in Java. */
  public static final class OwnSql implements Processor {
    @Override
    public void process(Exchange exchange) {
      DataSource dataSource =
          exchange
              .getContext()
              .getRegistry()
              .lookupByNameAndType("stepsyncDataSource", DataSource.class);
      new JdbcTemplate(dataSource).execute(exchange.getMessage().getBody(String.class));
    }
  }
}
