package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What integrators hang in: sinks, transforms and the notice of a run's end. */
class HooksTest {

  private static final String IN_PARTS =
      "method: { beanType: io.stepsync.steps.SplitAnswer, method: parts }";

  @TempDir Path directory;

  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    workspace = new Workspace(directory);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void route(String name, String steps) throws IOException {
    Files.writeString(
        directory.resolve("routes/" + name + ".camel.yaml"),
        """
        - route:
            from:
              uri: direct:%s
              steps:
        %s
        """
            .formatted(name, steps.strip().indent(8).stripTrailing()));
  }

  private void user(String more) throws IOException {
    workspace.userStream(api.url(), "maxGap: 0\nretries: 0\n" + more);
  }

  private void withoutTable(String sink) throws IOException {
    workspace.stream("user", "url: " + api.url() + "\nmaxGap: 0\nretries: 0\nsink: " + sink);
  }

  private long checkpoint() throws Exception {
    return workspace.value("SELECT current_id FROM stepsync_state WHERE kind = 'sync'", Long.class);
  }

  private List<String> output(String name) throws IOException {
    return Files.readAllLines(directory.resolve(name));
  }

  @Test
  void a_stream_without_a_table_is_written_to_a_file_as_a_json_object_a_line() throws Exception {
    api.records(1, 2500, id -> "{\"id\": " + id + ", \"price\": 1.50, \"tags\": [\"ü\"]}");
    withoutTable("\"file:" + directory + "?fileName=out.ndjson&fileExist=Append\"");
    Run run = workspace.sync("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(2500);
    assertThat(output("out.ndjson"))
        .hasSize(2500)
        .contains("{\"id\":1,\"price\":1.50,\"tags\":[\"ü\"]}");
    assertThat(checkpoint()).isEqualTo(2501);
  }

  @Test
  void a_file_can_be_named_after_its_window() throws Exception {
    api.records(1, 1500, id -> "{\"id\": " + id + "}");
    withoutTable(
        "\"file:" + directory + "?fileName=${variable.stream}-${variable.window.firstId}.ndjson\"");
    workspace.sync("user");
    assertThat(output("user-1.ndjson")).hasSize(1000);
    assertThat(output("user-1001.ndjson")).hasSize(500);
  }

  @Test
  void the_checkpoint_stays_where_a_sink_fails_and_the_next_run_gives_it_the_same_again()
      throws Exception {
    api.records(1, 1500, id -> "{\"id\": " + id + "}");
    withoutTable("direct:mine");
    route(
        "mine",
        """
        - filter:
            simple: ${variable.window.firstId} > 1000 && ${sysenv.HOME} != null
            steps:
              - throwException: { exceptionType: java.io.IOException, message: disk full }
        """);
    Run failed = workspace.sync("user");
    assertThat(failed.getError()).contains("window 1001..2000: disk full");
    assertThat(checkpoint()).isEqualTo(1001);
    route("mine", "- to: \"file:" + directory + "?fileName=out.ndjson&fileExist=Append\"");
    workspace.sync("user");
    assertThat(output("out.ndjson")).hasSize(500);
    assertThat(checkpoint()).isEqualTo(1501);
  }

  @Test
  void a_record_sink_gets_each_record_by_itself() throws Exception {
    api.records(1, 3, id -> "{\"id\": " + id + "}");
    workspace.stream("user", "url: " + api.url() + "\nmaxGap: 0\nrecordSink: direct:mine");
    route("mine", "- to: \"file:" + directory + "?fileName=${variable.stream}-${id}.json\"");
    assertThat(workspace.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    try (var files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(3);
    }
    assertThat(checkpoint()).isEqualTo(4);
  }

  @Test
  void a_record_sink_that_no_route_takes_from_is_refused() throws Exception {
    workspace.stream("user", "url: " + api.url() + "\nrecordSink: direct:none");
    assertThatThrownBy(() -> workspace.sync("user"))
        .hasMessageStartingWith(
            "stream user: recordSink must be an endpoint that a route takes from, was direct:none");
  }

  @Test
  void a_sink_of_the_users_gets_a_list_of_maps_and_can_pass_them_on_to_the_table()
      throws Exception {
    api.users(1, 3);
    user("sink: direct:mine");
    route(
        "mine",
        """
        - to: direct:stepsync-upsert
        - split:
            simple: ${variable.rows.rowRecords}
            steps:
              - setBody: { simple: "${body[name]}" }
              - to: "file:%s?fileName=names.txt&fileExist=Append&appendChars=\\\\n"
        - stop: {}
        """
            .formatted(directory));
    assertThat(workspace.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(output("names.txt")).containsExactly("name 1", "name 2", "name 3");
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("3");
    assertThat(checkpoint()).isEqualTo(4);
  }

  @Test
  void what_a_transform_makes_of_a_record_is_written() throws Exception {
    api.users(1, 3);
    user("transform: direct:mine");
    route(
        "mine",
        """
        - process: { ref: "#class:io.stepsync.routes.HooksTest$Upper" }
        """);
    workspace.sync("user");
    assertThat(workspace.query("SELECT \"name\" FROM \"user\" ORDER BY 1"))
        .containsExactly("NAME 1", "NAME 2", "NAME 3");
  }

  /** What a user would write in Java, in place. */
  public static final class Upper implements org.apache.camel.Processor {
    @Override
    @SuppressWarnings("unchecked")
    public void process(org.apache.camel.Exchange exchange) {
      java.util.Map<String, Object> record = exchange.getMessage().getBody(java.util.Map.class);
      record.put("name", record.get("name").toString().toUpperCase(java.util.Locale.ROOT));
      record.remove("_id");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_PARTS, "simple: ${body}"}) // and before there were parts
  void a_step_in_the_split_of_an_answer_gets_each_record_as_a_map(String split) throws Exception {
    api.users(1, 3);
    user("");
    String check = "- process: { id: stepsync-check-record";
    String upper = "- process: { ref: \"#class:io.stepsync.routes.HooksTest$Upper\" }\n";
    workspace.write(
        "routes/step-size-sync.camel.yaml",
        Files.readString(Path.of("routes/step-size-sync.camel.yaml"))
            .replace(IN_PARTS, split)
            .replace(check, upper + " ".repeat(14) + check));
    workspace.sync("user");
    assertThat(workspace.query("SELECT \"name\" FROM \"user\" ORDER BY 1"))
        .containsExactly("NAME 1", "NAME 2", "NAME 3");
  }

  @Test
  void without_a_step_of_the_users_no_exchange_is_made_for_a_record() throws Exception {
    api.users(1, 1000);
    user("");
    AtomicLong exchanges = new AtomicLong();
    new Standalone(directory)
        .withoutTriggers(
            context -> {
              context
                  .getManagementStrategy()
                  .addEventNotifier(
                      new SimpleEventNotifierSupport() {
                        @Override
                        public void notify(CamelEvent event) {
                          exchanges.addAndGet(event instanceof ExchangeCreatedEvent ? 1 : 0);
                        }
                      });
              return Standalone.run(context, "user", RunKind.SYNC);
            });
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("1000");
    assertThat(exchanges).hasValueLessThan(100);
  }

  @Test
  void a_transform_leaves_records_out_by_an_empty_body_or_by_stopping() throws Exception {
    api.users(1, 1005);
    user("transform: direct:mine");
    route(
        "mine",
        """
        - choice:
            when:
              - simple: ${body[id]} == 1002
                steps:
                  - setBody: { simple: "${null}" }
              - simple: ${body[id]} == 2
                steps:
                  - stop: {}
        """);
    Run run = workspace.sync("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().records()).isEqualTo(1005);
    assertThat(run.getCounters().deadLetters()).isZero();
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("1003");
    assertThat(workspace.query("SELECT \"id\" FROM \"user\" WHERE \"id\" IN ('2', '1002')"))
        .isEmpty();
    assertThat(checkpoint()).isEqualTo(1006);
  }

  @Test
  void a_record_whose_transform_fails_is_a_dead_letter_as_the_api_sent_it_and_can_be_retried()
      throws Exception {
    api.users(1, 3);
    user("transform: direct:mine");
    route(
        "mine",
        """
        - choice:
            when:
              - simple: ${body[id]} == 2
                steps:
                  - throwException: { exceptionType: java.lang.IllegalStateException, message: no such house }
              - simple: ${body[id]} == 3
                steps:
                  - setBody: { constant: text }
        """);
    workspace.sync("user");
    assertThat(workspace.query("SELECT id, reason FROM stepsync_dead_letter ORDER BY id"))
        .containsExactly(
            "2 transform failed: no such house",
            "3 transform must give a map or nothing, gave java.lang.String");
    assertThat(workspace.query("SELECT payload FROM stepsync_dead_letter WHERE id = 2").get(0))
        .contains("\"name\":\"name 2\"");
    route("mine", "- log: { message: mended, loggingLevel: DEBUG }");
    new Standalone(directory)
        .withoutTriggers(context -> Standalone.run(context, "user", RunKind.RETRY));
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("3");
    assertThat(workspace.query("SELECT * FROM stepsync_dead_letter")).isEmpty();
  }

  @Test
  void the_end_of_each_run_is_told_also_that_of_one_which_failed() throws Exception {
    api.users(1, 3);
    user("");
    route(
        "stepsync-notify",
        """
        - setBody: { simple: "${body[stream]} ${body[kind]} ${body[status]} ${body[records]} ${body[checkpoint]} ${body[error]}" }
        - to: "file:%s?fileName=told.txt&fileExist=Append&appendChars=\\\\n"
        - stop: {}
        """
            .formatted(directory));
    workspace.sync("user");
    api.status((firstId, lastId) -> 418);
    workspace.sync("user");
    assertThat(output("told.txt").get(0)).isEqualTo("user sync caught_up 3 4 ");
    assertThat(output("told.txt").get(1))
        .startsWith("user sync failed 0 4 window 4..1003: ")
        .contains("418");
  }

  @Test
  void the_end_of_a_run_is_told_with_its_lane_where_there_are_several() throws Exception {
    api.users(1, 2000);
    user("lanes: 2\nheadUrl: " + api.headUrl(2000));
    route(
        "stepsync-notify",
        """
        - setBody: { simple: "${body[stream]} ${body[lane]} ${body[checkpoint]}" }
        - to: "file:%s?fileName=told.txt&fileExist=Append&appendChars=\\\\n"
        """
            .formatted(directory));
    workspace.sync("user");
    assertThat(output("told.txt")).containsExactlyInAnyOrder("user 0 1001", "user 1 2001");
  }

  @Test
  void a_notice_that_fails_does_not_fail_the_run() throws Exception {
    api.users(1, 3);
    user("");
    route(
        "stepsync-notify",
        "- throwException: { exceptionType: java.io.IOException, message: no post today }");
    assertThat(workspace.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(checkpoint()).isEqualTo(4);
  }

  @Test
  void a_hook_without_its_route_stops_the_start() throws Exception {
    user("transform: direct:nobody");
    assertThatThrownBy(() -> workspace.load())
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(
            "stream user: transform must be an endpoint that a route takes from, was direct:nobody");
  }

  @Test
  void a_dry_run_asks_all_and_writes_nothing() throws Exception {
    api.records(1, 2500, id -> id == 7 ? "{\"id\":\"7\"}" : RangeApi.user(id, "name"));
    user("sink: direct:mine\ntransform: direct:mine");
    route("mine", "- log: { message: x, loggingLevel: DEBUG }");
    workspace.edit("user", "name: STRING", "name: STRING!");
    Run run =
        new Standalone(directory)
            .withoutTriggers(context -> Standalone.run(context, "user", RunKind.DRY_RUN));
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().records()).isEqualTo(2500);
    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(run.getCheckpoint().currentId()).isEqualTo(2501);
    assertThat(
            workspace.query(
                "SELECT stream FROM stepsync_state UNION ALL SELECT stream FROM stepsync_run UNION ALL SELECT stream FROM stepsync_dead_letter"))
        .isEmpty();
    assertThat(workspace.query("SELECT * FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'user'"))
        .isEmpty();
  }
}
