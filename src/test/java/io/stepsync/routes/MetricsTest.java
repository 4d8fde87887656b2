package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.Stream;
import io.stepsync.store.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.JobKey;
import org.quartz.Scheduler;

/** What Prometheus reads of real runs. */
class MetricsTest {

  @TempDir Path directory;

  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    workspace = Observed.workspace(directory);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void userStream(String more) throws IOException {
    workspace.userStream(api.url(), "maxGap: 2000\n" + more);
  }

  private double kept(String sql) throws SQLException {
    return workspace.value(sql, Long.class);
  }

  @Test
  void the_counters_are_what_the_tables_hold() throws Exception {
    userStream("");
    api.users(1, 2500).records(700, 700, id -> "{\"id\":\"700\",\"updatedAt\":\"yesterday\"}");
    Observed.during(
        workspace,
        stepsync -> {
          stepsync.sync("user");
          api.users(2501, 2600);
          stepsync.sync("user");
          Scrape scrape = stepsync.scrape();
          assertThat(scrape.user("records_total")).isEqualTo(2600);
          assertThat(scrape.user("upserts_total"))
              .isEqualTo(kept("select count(*) from \"user\""))
              .isEqualTo(2599);
          assertThat(scrape.user("dead_letters_total"))
              .isEqualTo(kept("select count(*) from stepsync_dead_letter"))
              .isEqualTo(1);
          assertThat(scrape.user("unchanged_total")).isZero();
          assertThat(scrape.user("deletes_total")).isZero();
          assertThat(scrape.user("bytes_total"))
              .isEqualTo(kept("select sum(bytes) from stepsync_run"));
          assertThat(scrape.user("window_duration_seconds_count"))
              .isEqualTo(kept("select sum(windows) from stepsync_run"));
          assertThat(scrape.user("run_duration_seconds_count", "caught_up")).isEqualTo(2);
          assertThat(scrape.user("checkpoint"))
              .isEqualTo(kept("select current_id from stepsync_state"))
              .isEqualTo(2601);
          assertThat(scrape.user("running")).isZero();
          assertThat(scrape.user("lag_ids")).isNull();
        });
  }

  @Test
  void a_window_that_is_not_committed_counts_nothing_and_its_run_counts_as_failed()
      throws Exception {
    userStream("maxId: 3000");
    api.users(1, 3000)
        .status(
            (firstId, lastId) -> {
              if (firstId == 1001) {
                moveCheckpoint();
              }
              return 200;
            });
    Observed.during(
        workspace,
        stepsync -> {
          assertThat(stepsync.sync("user").getStatus()).isEqualTo(RunStatus.FAILED);
          Scrape scrape = stepsync.scrape();
          double written = kept("select count(*) from \"user\"");
          assertThat(written).isLessThan(3000);
          assertThat(scrape.user("records_total")).isEqualTo(written);
          assertThat(scrape.user("upserts_total")).isEqualTo(written);
          assertThat(scrape.user("run_duration_seconds_count", "failed")).isEqualTo(1);
          assertThat(scrape.user("run_duration_seconds_count", "caught_up")).isZero();
          assertThat(scrape.user("last_success_timestamp_seconds")).isZero();
          assertThat(scrape.user("running")).isZero();
        });
  }

  @Test
  void what_a_verify_found_is_told_whichever_process_made_it() throws Exception {
    userStream("");
    api.users(1, 300);
    Observed.during(
        workspace,
        stepsync -> {
          stepsync.sync("user");
          Scrape before = stepsync.scrape();
          assertThat(before.user("verify_timestamp_seconds")).isZero();
          assertThat(before.user("verify_equal")).isNaN();
          assertThat(differences(before, "missing")).isNaN();
          workspace.execute("delete from \"user\" where \"id\" in ('7', '8')");
          workspace.execute("update \"user\" set \"name\" = 'x' where \"id\" = '9'");
          Workspace.verify(stepsync.context(), "user", Map.of());
          await().until(() -> stepsync.scrape().user("verify_equal"), equal -> equal == 0);
          Scrape differs = stepsync.scrape();
          assertThat(differences(differs, "missing")).isEqualTo(2);
          assertThat(differences(differs, "different")).isEqualTo(1);
          assertThat(differences(differs, "surplus")).isZero();
          assertThat(differences(differs, "unanswered")).isZero();
          assertThat(differs.user("verify_timestamp_seconds"))
              .isEqualTo(
                  (double)
                      workspace
                          .value("select ended from stepsync_verify", OffsetDateTime.class)
                          .toEpochSecond());

          workspace.execute("update stepsync_verify set missing = 0, different = 0");

          await().until(() -> stepsync.scrape().user("verify_equal"), equal -> equal == 1);
        });
  }

  private static Double differences(Scrape scrape, String kind) {
    return scrape
        .samples()
        .get("stepsync_verify_differences{kind=\"%s\",stream=\"user\"}".formatted(kind));
  }

  /** As another runner would. */
  private void moveCheckpoint() {
    try {
      workspace.execute("update stepsync_state set version = version + 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void requests_are_counted_by_status_and_those_made_again() throws Exception {
    userStream("fetchAhead: 0\nretries: 1\nmaxId: 100");
    api.users(1, 100).status((firstId, lastId) -> api.requests() == 1 ? 503 : 200);
    Observed.during(
        workspace,
        stepsync -> {
          assertThat(stepsync.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
          Scrape scrape = stepsync.scrape();
          assertThat(scrape.user("requests_total", "503")).isEqualTo(1);
          assertThat(scrape.user("requests_total", "200")).isEqualTo(api.requests() - 1);
          assertThat(scrape.user("retries_total")).isEqualTo(1);
        });
  }

  @Test
  void requests_without_an_answer_are_counted_as_timeout_or_failed() throws Exception {
    userStream("fetchAhead: 0\nretries: 0\nmaxId: 100\nresponseTimeout: 1s");
    workspace.stream(
        "gone",
        "url: http://127.0.0.1:1/\ntable: gone\nprimaryKey: id\ncolumns: \"id: LONG\"\nretries: 0"
            + "\nfetchAhead: 0");
    api.users(1, 100).slowOverWidth(60, 60_000);
    Observed.during(
        workspace,
        stepsync -> {
          assertThat(stepsync.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
          assertThat(stepsync.sync("gone").getStatus()).isEqualTo(RunStatus.FAILED);
          Scrape scrape = stepsync.scrape();
          assertThat(scrape.user("requests_total", "timeout")).isPositive();
          double counted =
              scrape.user("requests_total", "timeout") + scrape.user("requests_total", "200");
          await().until(() -> counted == api.requests());
          assertThat(
                  scrape
                      .samples()
                      .get("stepsync_requests_total{status=\"failed\",stream=\"gone\"}"))
              .isEqualTo(1);
        });
  }

  @Test
  void the_lag_is_told_where_the_head_is_known() throws Exception {
    userStream("retries: 0\nheadUrl: " + api.headUrl(500));
    api.users(1, 500).status((firstId, lastId) -> 503);
    Observed.during(
        workspace,
        stepsync -> {
          stepsync.sync("user");
          assertThat(stepsync.scrape().user("head")).isEqualTo(500);
          assertThat(stepsync.scrape().user("lag_ids")).isEqualTo(500);
          api.status((firstId, lastId) -> 200);
          stepsync.sync("user");
          assertThat(stepsync.scrape().user("lag_ids")).isZero();
        });
  }

  @Test
  void lanes_are_told_as_one_stream() throws Exception {
    userStream("lanes: 4\nmaxId: 8000\nfetchAhead: 0\nretries: 0\nheadUrl: " + api.headUrl(8000));
    api.users(1, 8000).status((firstId, lastId) -> firstId == 3001 ? 503 : 200);
    Observed.during(
        workspace,
        stepsync -> {
          stepsync.sync("user");
          Scrape failed = stepsync.scrape();
          assertThat(failed.user("checkpoint")).isEqualTo(3001);
          assertThat(failed.user("lag_ids")).isEqualTo(1000);
          assertThat(failed.user("last_success_timestamp_seconds")).isZero();
          assertThat(failed.user("running")).isZero();
          api.status((firstId, lastId) -> 200);
          stepsync.sync("user");
          Scrape caughtUp = stepsync.scrape();
          assertThat(caughtUp.user("checkpoint")).isEqualTo(8001);
          assertThat(caughtUp.user("lag_ids")).isZero();
          assertThat(caughtUp.user("last_success_timestamp_seconds")).isPositive();
        });
  }

  @Test
  void the_last_success_is_that_of_an_earlier_process_until_there_is_another() throws Exception {
    userStream("");
    api.users(1, 3);
    workspace.sync("user");
    workspace.execute("update stepsync_run set ended = timestamp '2026-11-24 01:02:03+0:00'");
    Observed.during(
        workspace,
        stepsync -> {
          Scrape before = stepsync.scrape();
          assertThat(before.user("last_success_timestamp_seconds")).isEqualTo(1795482123);
          assertThat(before.user("run_duration_seconds_count", "failed")).isZero();
          stepsync.sync("user");
          assertThat(stepsync.scrape().user("last_success_timestamp_seconds"))
              .isGreaterThan(1795482123);
        });
  }

  @Test
  void a_stream_may_have_any_name() throws Exception {
    userStream("");
    api.users(1, 3);
    Stream stream = new Stream();
    stream.setUrl(api.url());
    stream.setTable("odd");
    stream.setPrimaryKey("id");
    stream.setColumns("id: LONG");
    stream.setMaxGap(1000L);
    Observed.during(
        workspace,
        stepsync -> {
          stepsync.context().getRegistry().bind("o\"d\\d\n{käse}", stream);
          stepsync.sync("o\"d\\d\n{käse}");
          String meter = "stepsync_records_total{stream=\"o\\\"d\\\\d\\n{käse}\"}";
          assertThat(stepsync.scrape().samples().get(meter)).isEqualTo(3);
        });
  }

  @Test
  void a_stream_whose_trigger_is_passed_over_is_told_to_be_paused() throws Exception {
    userStream("");
    Observed.during(
        workspace,
        stepsync -> {
          workspace.execute("insert into stepsync_pause values ('user', current_timestamp)");
          assertThat(stepsync.scrape().user("paused")).isZero();
          Scheduler scheduler =
              stepsync.context().getComponent("quartz", QuartzComponent.class).getScheduler();
          scheduler.start();
          scheduler.triggerJob(JobKey.jobKey("user/0", "stepsync"));
          await().untilAsserted(() -> assertThat(stepsync.scrape().user("paused")).isEqualTo(1));
          workspace.execute("delete from stepsync_pause");
          scheduler.triggerJob(JobKey.jobKey("user/0", "stepsync"));
          await().untilAsserted(() -> assertThat(stepsync.scrape().user("paused")).isZero());
        });
  }

  @Test
  void a_route_that_is_added_later_starts_no_second_server() throws Exception {
    userStream("");
    Observed.during(
        workspace,
        stepsync -> {
          stepsync
              .context()
              .addRoutes(
                  new RouteBuilder() {
                    @Override
                    public void configure() {
                      from("direct:later").to("log:later");
                    }
                  });
          assertThat(stepsync.context().hasServices(ManagementHttpServer.class)).hasSize(1);
          assertThat(stepsync.scrape().user("running")).isZero();
        });
  }

  @Test
  void without_the_key_there_are_none() throws Exception {
    userStream("");
    workspace.property("stepsync.metrics.enabled", "false");
    Observed.during(
        workspace,
        stepsync -> assertThat(stepsync.get("/observe/metrics").statusCode()).isEqualTo(404));
  }

  @Test
  void whoever_may_not_see_the_page_may_not_see_metrics_or_health() throws Exception {
    userStream("");
    workspace.property("stepsync.page.user", "me").property("stepsync.page.password", "secret");
    workspace.property("stepsync.consoles.enabled", "true");
    Observed.during(
        workspace,
        stepsync -> {
          for (String path : new String[] {"observe/metrics", "observe/health/ready", "q/dev"}) {
            assertThat(stepsync.get("/" + path).statusCode()).as(path).isEqualTo(401);
          }
        });
  }
}
