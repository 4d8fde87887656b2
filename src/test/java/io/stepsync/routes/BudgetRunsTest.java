package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.routes.ScriptedApi.Request;
import io.stepsync.routes.ScriptedApi.Script;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that share the budget of an account. */
class BudgetRunsTest {

  @TempDir Path directory;

  private Workspace workspace;
  private ScriptedApi api;

  @BeforeEach
  void open() throws Exception {
    workspace = new Workspace(directory);
  }

  @AfterEach
  void close() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  private void start(Script script) throws Exception {
    api = new ScriptedApi(script);
  }

  private void stream(String name, String settings) throws Exception {
    workspace.stream(
        name,
        "url: %s\ntable: %s\nprimaryKey: id\ncolumns: \"id: LONG\"\nbudget: shop\n%s"
            .formatted(api == null ? "http://127.0.0.1:1/" : api.url("/" + name), name, settings));
  }

  private static Reply window(Request request) {
    return Reply.range(request.number("start_id"), request.number("end_id"));
  }

  /** Runs both streams at once. */
  private void syncBoth() throws Exception {
    List<Run> runs =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  CompletableFuture<Run> item =
                      CompletableFuture.supplyAsync(() -> sync(context, "item"));
                  Run order = sync(context, "order");
                  return List.of(item.get(), order);
                });
    assertThat(runs).allSatisfy(run -> assertThat(run.getError()).isEmpty());
  }

  private static Run sync(CamelContext context, String stream) {
    try {
      return Standalone.run(context, stream, RunKind.SYNC);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void windows_heads_and_tokens_of_two_streams_keep_to_one_budget_and_none_starves()
      throws Exception {
    Arrivals arrivals = new Arrivals();
    start(
        request -> {
          arrivals.arrived();
          return switch (request.path()) {
            case "/token" -> Reply.json("{\"access_token\":\"t0ken\",\"expires_in\":3600}");
            case "/head" -> Reply.json("{\"max\":200}");
            default -> window(request);
          };
        });
    workspace.property("stepsync.budget.shop", "40/s, at most 2 at once");
    stream(
        "item",
        """
        auth: oauth2ClientCredentials
        tokenUrl: %s
        clientId: me
        clientSecret: s3cret
        headUrl: %s
        stepSize: 5
        maxStepSize: 5
        fetchAhead: 8
        """
            .formatted(api.url("/token"), api.url("/head")));
    stream("order", "stepSize: 5\nmaxStepSize: 5\nmaxId: 25\nfetchAhead: 0");

    syncBoth();

    arrivals.assertNoMoreThan(40);
    List<String> paths = api.requests().stream().map(Request::path).toList();
    assertThat(paths).contains("/token", "/head").hasSizeGreaterThan(45);
    assertThat(paths.lastIndexOf("/order")).isLessThan(paths.lastIndexOf("/item"));
    assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("200");
    assertThat(workspace.query("select count(*) from \"order\"")).containsExactly("25");
  }

  @ParameterizedTest
  @CsvSource({"429, /item", "503, /order", "429, /token"})
  void what_one_stream_is_told_to_wait_holds_the_other_back(int status, String path)
      throws Exception {
    AtomicInteger told = new AtomicInteger();
    List<Long> others = new CopyOnWriteArrayList<>();
    long[] answered = new long[1];
    start(
        request -> {
          if (request.path().equals(path) && told.getAndIncrement() == 0) {
            answered[0] = System.nanoTime();
            others.clear();
            return new Reply(status, Map.of("Retry-After", "1"), "");
          }
          others.add(System.nanoTime());
          return request.path().equals("/token")
              ? Reply.json("{\"access_token\":\"t0ken\",\"expires_in\":3600}")
              : window(request);
        });
    workspace.property("stepsync.budget.shop", "1000/s, burst 100, at most 1 at once");
    stream(
        "item",
        """
        auth: oauth2ClientCredentials
        tokenUrl: %s
        clientId: me
        clientSecret: s3cret
        maxId: 50
        stepSize: 10
        """
            .formatted(api.url("/token")));
    stream("order", "maxId: 50\nstepSize: 10");

    syncBoth();

    assertThat(others)
        .isNotEmpty()
        .allSatisfy(
            time ->
                assertThat(Duration.ofNanos(time - answered[0]))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
  }

  @Test
  void never_more_requests_are_under_way_than_the_budget_has_at_once() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    start(
        request -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          Reply reply = window(request);
          underWay.decrementAndGet();
          return request.number("start_id") % 50 == 1 ? Reply.status(503) : reply;
        });
    workspace.property("stepsync.budget.shop", "1000/s, burst 100, at most 1 at once");
    stream("item", "maxId: 300\nstepSize: 10\nfetchAhead: 8\nretries: 0\nmaxDeadLetters: 1000");
    stream("order", "maxId: 300\nstepSize: 10\nfetchAhead: 8\nretries: 0\nmaxDeadLetters: 1000");

    workspace
        .load()
        .withoutTriggers(
            context -> {
              CompletableFuture<Run> item =
                  CompletableFuture.supplyAsync(() -> sync(context, "item"));
              sync(context, "order");
              return item.get();
            });

    assertThat(most).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stepsync.budget.shops | 2/s  | budget must have a property stepsync.budget.shop, such as 2/s, had none; did you mean shops?",
        "stepsync.budget.shop | fast | stepsync.budget.shop must be like 2/s or 40/min, or 2/s, burst 10, at most 4 at once, was fast",
        "stepsync.budgt.shop  | 2/s  | there is no key stepsync.budgt.shop"
      })
  void a_wrong_budget_stops_the_start(String key, String value, String message) throws Exception {
    workspace.property(key, value);
    stream("item", "");

    assertThatThrownBy(() -> workspace.load())
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void plan_and_status_show_the_budget() throws Exception {
    workspace.property("stepsync.budget.shop", "2/s, burst 3");
    stream("item", "maxId: 8\nstepSize: 1\nmaxStepSize: 1");
    stream("order", "maxId: 8\nstepSize: 1\nmaxStepSize: 1");

    Result plan = StepsyncProcess.run(directory, "plan");

    assertThat(plan.output().lines())
        .containsSubsequence(
            "item",
            "  time      3 s, with the budget shop (2/s, burst 3) for itself",
            "budget shop (2/s, burst 3), all together",
            "  requests  16",
            "  time      7 s");

    workspace.load().withDatabase(sql -> "its tables are there now");
    workspace.execute(
        "insert into stepsync_budget (stream, state) values"
            + " ('stepsync.budget.shop held', '4102444800000000')");
    assertThat(StepsyncProcess.run(directory, "status").output())
        .contains("budget shop of item, order: 2/s, burst 3; held back by the API until 2");
    assertThat(StepsyncProcess.run(directory, "status", "--json", "item").output())
        .contains("\"name\" : \"shop\"", "\"heldUntil\" : \"2100-01-01T00:00:00Z\"");
  }
}
