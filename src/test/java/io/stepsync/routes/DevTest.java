package io.stepsync.routes;

import static io.stepsync.LongestWait.awaitOpen;
import static io.stepsync.routes.Workspace.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronTrigger;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.JobListener;
import org.quartz.ListenerManager;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.TriggerListener;
import org.quartz.impl.matchers.KeyMatcher;
import org.quartz.listeners.TriggerListenerSupport;

class DevTest {

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
    workspace.stream(name, settings(name), schedule);
  }

  private String settings(String table) {
    return """
        url: %s
        table: %s
        primaryKey: id
        maxId: 1000
        stepSize: 10
        columns: "%s"
        """
        .formatted(api.url(), table, Workspace.USER_COLUMNS);
  }

  private Path file(String stream) {
    return directory.resolve("routes/streams/" + stream + ".camel.yaml");
  }

  private String cron(String stream) throws Exception {
    CronTrigger trigger =
        (CronTrigger) scheduler().getTrigger(TriggerKey.triggerKey(stream + "/0", "stepsync"));
    return trigger == null ? "none" : trigger.getCronExpression();
  }

  private Scheduler scheduler() {
    return stepsync.context().getComponent("quartz", QuartzComponent.class).getScheduler();
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
    String taken = "INFO " + file("user") + " changed: taken over";
    await().until(() -> stepsync.log(": taken over"), List.of(taken, taken)::equals);

    workspace.edit("user", EACH_SECOND, NEVER);
    await().until(() -> cron("user"), NEVER::equals);
  }

  @Test
  void an_added_stream_runs_and_a_deleted_one_is_gone_and_no_other_is_touched() throws Exception {
    Stream user = bean("user");
    Path order =
        workspace.write(
            "routes/streams/more/order.camel.yaml",
            Workspace.streamFile("order", settings("order"), EACH_SECOND));
    stepsync.awaitRows("order", 50);

    Files.delete(order);
    stepsync.awaitLog("order.camel.yaml deleted: taken over");

    assertThat(cron("order")).isEqualTo("none");
    assertThat(bean("order")).isNull();
    assertThat(stepsync.context().getRoute("order-sync")).isNull();
    assertThat(bean("user")).isSameAs(user);
  }

  @Test
  void a_firing_that_comes_late_does_not_bring_the_trigger_of_a_deleted_stream_back()
      throws Exception {
    addStream("order", EACH_SECOND);
    stepsync.awaitRows("order", 50);
    LateFiring late = new LateFiring("order");
    late.in(scheduler());

    awaitOpen(late.taken);
    Files.delete(file("order"));
    stepsync.awaitLog("order.camel.yaml deleted: taken over");
    late.begin.countDown();
    awaitOpen(late.ended);

    assertThat(cron("order")).isEqualTo("none");
    assertThat(stepsync.context().getEndpoints()).noneMatch(e -> e.toString().contains("order"));
  }

  /** A firing that begins a while after Quartz took it, before anybody else is told. */
  private static final class LateFiring extends TriggerListenerSupport implements JobListener {

    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final String stream;
    private volatile String late;

    LateFiring(String stream) {
      this.stream = stream;
    }

    void in(Scheduler scheduler) throws SchedulerException {
      ListenerManager listeners = scheduler.getListenerManager();
      List<TriggerListener> others = List.copyOf(listeners.getTriggerListeners());
      others.forEach(other -> listeners.removeTriggerListener(other.getName()));
      listeners.addTriggerListener(this, KeyMatcher.keyEquals(key()));
      others.forEach(listeners::addTriggerListener);
      listeners.addJobListener(
          this, KeyMatcher.keyEquals(JobKey.jobKey(stream + "/0", "stepsync")));
    }

    private TriggerKey key() {
      return TriggerKey.triggerKey(stream + "/0", "stepsync");
    }

    @Override
    public String getName() {
      return "late";
    }

    @Override
    public void triggerFired(Trigger trigger, JobExecutionContext firing) {
      late = firing.getFireInstanceId();
      taken.countDown();
      awaitOpen(begin);
    }

    @Override
    public void jobToBeExecuted(JobExecutionContext firing) {}

    @Override
    public void jobExecutionVetoed(JobExecutionContext firing) {
      ended.countDown();
    }

    @Override
    public void jobWasExecuted(JobExecutionContext firing, JobExecutionException failure) {
      if (firing.getFireInstanceId().equals(late)) {
        ended.countDown();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepSize: 10    | stepSize: 0   | stream user: stepSize must be >= 1, was 0
          stepSize: 10    | stepSiz: 10   | stream user: there is no setting stepSiz
          - templatedRoute| - templatedRt | user.camel.yaml:11: there is no templatedRt here; did you mean templatedRoute?
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
  void a_stream_that_would_delete_the_rows_of_another_is_refused_while_both_go_on()
      throws Exception {
    addStream("order", EACH_SECOND);
    workspace.edit("user", NEVER, EACH_SECOND);
    stepsync.awaitRows("user", 50);

    workspace.edit("user", "table: user", "table: order\n        deletes: hard");
    String refusal = stepsync.awaitLog("refused");
    api.users(51, 60);
    stepsync.awaitRows("user", 60);
    stepsync.awaitRows("order", 60);

    assertThat(refusal)
        .isEqualTo(
            "ERROR "
                + file("user")
                + " changed: refused, stream user: deletes must be ignore, as stream order writes"
                + " table order too, was hard; give each stream a table of its own ("
                + file("user")
                + ":7); what runs goes on as it is");
  }

  @Test
  void a_run_under_way_ends_after_its_window_and_that_of_another_stream_goes_on() throws Exception {
    Semaphore answers = new Semaphore(0);
    api.onRequest(answers::acquireUninterruptibly);
    addStream("order", EACH_SECOND);
    stepsync.awaitLog("order: run starts");
    workspace.edit("user", NEVER, EACH_SECOND);
    stepsync.awaitLog("user: run starts");

    workspace.edit("user", "stepSize: 10", "stepSize: 20");
    stepsync.awaitLog("user: the run under way ends after its window");
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
    String mine = "routes/mine.camel.yaml";
    String route =
        """
        - route:
            id: mine
            from: { uri: "direct:stepsync-http", steps: [ { log: "mine" } ] }
        """;
    workspace.write(mine, route);
    assertThat(stepsync.awaitLog("refused"))
        .contains("routes/mine.camel.yaml added: refused, ")
        .contains("direct://stepsync-http");

    assertThat(stepsync.context().getRoute("mine")).isNull();
    workspace.edit("user", NEVER, EACH_SECOND);
    workspace.write(mine, route.replace("direct:stepsync-http", "direct:mine"));
    stepsync.awaitRows("user", 50);
    await().until(() -> stepsync.context().getRoute("mine") != null);
  }

  @Test
  void a_shared_route_is_replaced_and_comes_from_the_jar_again_when_its_file_is_deleted()
      throws Exception {
    String text = Files.readString(Path.of("routes/refresh.camel.yaml"));
    Path refresh =
        workspace.write(
            "routes/refresh.camel.yaml", text.replaceFirst("description: .*", "description: mine"));
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
    workspace.property("more", "1");

    assertThat(stepsync.awaitLog("application.properties")).startsWith("WARN ");
  }
}
