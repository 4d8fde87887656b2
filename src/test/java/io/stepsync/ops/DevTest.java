package io.stepsync.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronTrigger;
import org.quartz.TriggerKey;

class DevTest {

  private static final String NEVER = "0 0 0 1 1 ? 2099";
  private static final String EACH_SECOND = "* * * * * ?";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi().users(1, 50);
  private Workspace workspace;
  private LiveStepsync stepsync;

  @BeforeEach
  void start() throws Exception {
    workspace = new Workspace(directory);
    addStream("user", NEVER);
    stepsync = new LiveStepsync(directory);
  }

  @AfterEach
  void stop() {
    stepsync.close();
    api.close();
  }

  private void addStream(String name, String schedule) throws IOException {
    workspace.stream(
        name,
        """
        url: %s
        table: %s
        primaryKey: id
        maxId: 1000
        stepSize: 10
        columns: "%s"
        """
            .formatted(api.url(), name, Workspace.USER_COLUMNS));
    workspace.edit(name, NEVER, schedule);
  }

  private Path file(String stream) {
    return directory.resolve("routes/streams/" + stream + ".camel.yaml");
  }

  private String cron(String stream) throws Exception {
    CronTrigger trigger =
        (CronTrigger)
            stepsync
                .context()
                .getComponent("quartz", QuartzComponent.class)
                .getScheduler()
                .getTrigger(TriggerKey.triggerKey(stream + "/0", "stepsync"));
    return trigger == null ? "none" : trigger.getCronExpression();
  }

  private Stream bean(String stream) {
    return stepsync.context().getRegistry().lookupByNameAndType(stream, Stream.class);
  }

  @Test
  void a_changed_schedule_and_table_are_taken_over() throws Exception {
    workspace.edit("user", NEVER, EACH_SECOND);
    stepsync.awaitRows("user", 50);

    workspace.edit("user", "table: user", "table: people");
    stepsync.awaitLog("table people");
    api.users(51, 60);
    stepsync.awaitRows("people", 10);
    assertThat(stepsync.log(": taken over"))
        .hasSize(2)
        .containsOnly("INFO " + file("user") + " changed: taken over");

    workspace.edit("user", EACH_SECOND, NEVER);
    await().until(() -> cron("user"), NEVER::equals);
  }

  @Test
  void an_added_stream_runs_and_a_deleted_one_is_gone_and_no_other_is_touched() throws Exception {
    Stream user = bean("user");
    Files.createDirectories(directory.resolve("routes/streams/more"));
    addStream("more/order", EACH_SECOND);
    Path order = file("more/order");
    Files.writeString(order, Files.readString(order).replace("more/order", "order"));
    stepsync.awaitRows("order", 50);

    Files.delete(order);
    stepsync.awaitLog("order.camel.yaml deleted: taken over");

    assertThat(cron("order")).isEqualTo("none");
    assertThat(bean("order")).isNull();
    assertThat(stepsync.context().getRoute("order-sync")).isNull();
    assertThat(bean("user")).isSameAs(user);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepSize: 10    | stepSize: 0   | stream user: stepSize must be >= 1, was 0
          stepSize: 10    | stepSiz: 10   | stream user: there is no setting stepSiz
          - templatedRoute| - templatedRt | user.camel.yaml, line 11
          name: user      | name: order   | bean order must be in one file
          """)
  void a_faulty_file_is_refused_once_while_what_runs_goes_on_until_it_is_mended(
      String text, String fault, String message) throws Exception {
    addStream("order", EACH_SECOND);
    workspace.edit("user", NEVER, EACH_SECOND);
    stepsync.awaitRows("user", 50);
    Stream before = bean("user");

    workspace.edit("user", text, fault);
    String refusal = stepsync.awaitLog("refused");
    api.users(51, 60);
    stepsync.awaitRows("user", 60);
    stepsync.awaitRows("order", 60);

    assertThat(refusal)
        .startsWith("ERROR " + file("user") + " changed: refused, ")
        .contains(message)
        .endsWith("; what runs goes on as it is");
    assertThat(bean("user")).isSameAs(before);

    workspace.edit("user", fault, text);
    stepsync.awaitLog("again what runs");
    assertThat(stepsync.log("refused")).hasSize(1);
  }

  @Test
  void a_run_under_way_ends_behind_its_window_and_that_of_another_stream_goes_on()
      throws Exception {
    Semaphore answers = new Semaphore(0);
    api.onRequest(answers::acquireUninterruptibly);
    addStream("order", EACH_SECOND);
    stepsync.awaitLog("order: run starts");
    workspace.edit("user", NEVER, EACH_SECOND);
    stepsync.awaitLog("user: run starts");

    workspace.edit("user", "stepSize: 10", "stepSize: 20");
    stepsync.awaitLog("user: edited");
    answers.release(Integer.MAX_VALUE / 2);

    assertThat(stepsync.awaitLog("user: stopped"))
        .contains("user: stopped, the next run goes on at checkpoint 11, 1 windows");
    stepsync.awaitLog("user: run starts at ID 11 in steps of 20");
    stepsync.awaitRows("user", 50);
    stepsync.awaitLog("order: caught up");
    assertThat(stepsync.log("order: stopped")).isEmpty();
  }

  @Test
  void what_cannot_be_started_is_taken_out_again() throws Exception {
    Path mine = directory.resolve("routes/mine.camel.yaml");
    String route =
        """
        - route:
            id: mine
            from: { uri: "direct:stepsync-http", steps: [ { log: "mine" } ] }
        """;
    Files.writeString(mine, route);
    assertThat(stepsync.awaitLog("refused"))
        .contains("routes/mine.camel.yaml added: refused, ")
        .contains("direct://stepsync-http");

    assertThat(stepsync.context().getRoute("mine")).isNull();
    workspace.edit("user", NEVER, EACH_SECOND);
    Files.writeString(mine, route.replace("direct:stepsync-http", "direct:mine"));
    stepsync.awaitRows("user", 50);
    assertThat(stepsync.context().getRoute("mine")).isNotNull();
  }

  @Test
  void a_shared_route_is_replaced_and_comes_from_the_jar_again_when_its_file_is_deleted()
      throws Exception {
    Path refresh = directory.resolve("routes/refresh.camel.yaml");
    String text = Files.readString(Path.of("routes/refresh.camel.yaml"));
    Files.writeString(refresh, text.replaceFirst("description: .*", "description: mine"));
    stepsync.awaitLog("refresh.camel.yaml added: taken over");
    assertThat(stepsync.context().getRoute("stepsync-refresh").getDescription()).isEqualTo("mine");

    Files.delete(refresh);
    stepsync.awaitLog("refresh.camel.yaml deleted: taken over");
    assertThat(stepsync.context().getRoute("stepsync-refresh").getDescription())
        .startsWith("Behind a run");
    workspace.edit("user", NEVER, EACH_SECOND);
    stepsync.awaitRows("user", 50);
  }

  @Test
  void application_properties_are_said_to_be_read_at_the_next_start() throws Exception {
    Path properties = directory.resolve("application.properties");
    Files.writeString(properties, Files.readString(properties) + "more=1\n");

    assertThat(stepsync.awaitLog("application.properties")).startsWith("WARN ");
  }
}
