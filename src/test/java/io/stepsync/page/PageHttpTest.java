package io.stepsync.page;

import static io.stepsync.LongestWait.awaitOpen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stepsync.demo.SettableClock;
import io.stepsync.routes.StepsyncProcess;
import io.stepsync.routes.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the status page's server lets through, byte by byte. */
class PageHttpTest {

  private static final String SAME = "X-Stepsync: test";

  @TempDir static Path directory;
  @TempDir static Path lockedDirectory;
  private static PageFixture page;
  private static PageFixture locked;

  @BeforeAll
  static void open() throws Exception {
    page = new PageFixture(directory, "stepsync.page.name", "status.example.com");
    locked =
        new PageFixture(
            lockedDirectory,
            "stepsync.page.host",
            "0.0.0.0",
            "stepsync.page.user",
            "ann",
            "stepsync.page.password",
            "s:cret");
    page.url();
    locked.url();
  }

  @AfterAll
  static void close() throws Exception {
    page.close();
    locked.close();
  }

  /** An answer, its headers' names in lower case. */
  private record Reply(int status, String head, String body) {}

  private static Reply ask(PageFixture server, String line, String... headers) throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.server.url().getPort())) {
      String request =
          line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return new Reply(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end).toLowerCase(Locale.ROOT),
          answer.substring(end + 4));
    }
  }

  private static Reply get(String path) throws Exception {
    return ask(page, "GET " + path + " HTTP/1.1", "Host: localhost");
  }

  private static Reply post(String path, String... headers) throws Exception {
    String[] all =
        Stream.concat(Stream.of("Host: localhost", "Content-Length: 0"), Stream.of(headers))
            .toArray(String[]::new);
    return ask(page, "POST " + path + " HTTP/1.1", all);
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/main.js, text/javascript; charset=utf-8",
    "/page.css, text/css; charset=utf-8",
    "/uplot.js, text/javascript; charset=utf-8",
    "/icon.svg, image/svg+xml",
    "/api/streams, application/json",
  })
  void what_belongs_to_the_page_is_served_with_the_headers_that_bound_it(String path, String type)
      throws Exception {
    Reply reply = get(path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.head())
        .contains("content-type: " + type)
        .contains("content-security-policy: default-src 'self'; ")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe")
        .contains("x-content-type-options: nosniff")
        .contains("x-frame-options: deny")
        .contains("referrer-policy: no-referrer");
  }

  @Test
  void data_is_not_stored_and_not_sent_twice() throws Exception {
    Reply first = get("/api/stream?stream=event");
    String tag = first.head().lines().filter(line -> line.startsWith("etag: ")).findFirst().get();

    Reply second =
        ask(
            page,
            "GET /api/stream?stream=event HTTP/1.1",
            "Host: localhost",
            "If-None-Match: " + tag.substring(6));

    assertThat(first.head()).contains("cache-control: no-store");
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/application.properties",
        "/routes/streams/user.camel.yaml",
        "/.git/config",
        "/index.html",
        "/page.css/",
        "//page.css/../application.properties",
        "/../application.properties",
        "/..%2fapplication.properties",
        "/%2e%2e/application.properties",
        "/%252e%252e%252fapplication.properties",
        "/..\\application.properties",
        "/..%5capplication.properties",
        "/page.css%00.html",
        "/file:///etc/passwd",
        "/stepsync/page/index.html",
        "/stepsync/application.properties",
        "/META-INF/MANIFEST.MF",
        "/api/",
        "/api/streams/",
        "/api/../application.properties",
        "/api/stream?stream=..%2f..%2fetc",
        "/api/stream",
        "/api/dead-letters?stream=nobody",
        "/q/dev",
        "/observe/info",
      })
  void nothing_else_is_served(String path) throws Exception {
    assertThat(get(path).status()).isIn(400, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/",
        "http://evil.example.com/",
        "file:///etc/passwd",
        "*",
        "/\u0000",
      })
  void a_target_that_is_no_path_is_refused(String target) throws Exception {
    assertThat(get(target).status()).isBetween(400, 404);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:1234, 200",
    "127.0.0.1, 200",
    "[::1]:80, 200",
    "status.example.com, 200",
    "evil.example.com, 403",
    "localhost.evil.example.com, 403",
    "127.0.0.1.evil.example.com, 403",
    "10.0.0.1, 403",
    "'', 403",
  })
  void only_names_of_this_server_are_answered(String host, int status) throws Exception {
    assertThat(ask(page, "GET /api/streams HTTP/1.1", "Host: " + host).status()).isEqualTo(status);
  }

  @Test
  void without_a_host_nothing_is_answered() throws Exception {
    assertThat(ask(page, "GET / HTTP/1.1").status()).isBetween(400, 403);
    assertThat(ask(page, "GET / HTTP/1.0").status()).isBetween(400, 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"})
  void other_methods_are_refused(String method) throws Exception {
    Reply reply = ask(page, method + " /api/streams HTTP/1.1", "Host: localhost");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.head()).contains("allow: get, head, post");
  }

  @ParameterizedTest
  @CsvSource({"POST, /", "POST, /main.js", "POST, /api/streams", "GET, /api/run", "HEAD, /api/run"})
  void a_method_that_the_path_does_not_have_is_refused(String method, String path)
      throws Exception {
    String line = method + " " + path + "?stream=user HTTP/1.1";

    assertThat(ask(page, line, "Host: localhost", SAME, "Content-Length: 0").status())
        .isEqualTo(405);
  }

  @Test
  void a_head_has_no_body() throws Exception {
    Reply reply = ask(page, "HEAD /api/streams HTTP/1.1", "Host: localhost");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void an_action_from_another_site_is_refused() throws Exception {
    String path = "/api/pause?stream=user";

    assertThat(post(path).status()).isEqualTo(403);
    assertThat(post(path, SAME, "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
    assertThat(post(path, SAME, "Sec-Fetch-Site: same-site").status()).isEqualTo(403);
    assertThat(post(path, SAME, "Origin: http://evil.example.com").status()).isEqualTo(403);
    assertThat(post(path, SAME, "Origin: null").status()).isEqualTo(403);
    assertThat(page.workspace.query("select * from stepsync_pause")).isEmpty();
  }

  @Test
  void an_action_of_a_stream_that_does_not_exist_is_refused() throws Exception {
    assertThat(post("/api/run?stream=nobody", SAME).status()).isEqualTo(404);
    assertThat(post("/api/run", SAME).status()).isEqualTo(404);
  }

  @Test
  void an_action_that_does_not_apply_is_refused_with_the_reason() throws Exception {
    assertThat(post("/api/retry?stream=user", SAME).body())
        .isEqualTo("{\"error\":\"user has no dead letters\"}");
    assertThat(post("/api/pause?stream=user", SAME, "Origin: http://localhost").status())
        .isEqualTo(200);
    assertThat(post("/api/pause?stream=user", SAME, "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(200);

    Reply run = post("/api/run?stream=user", SAME);

    assertThat(run.status()).isEqualTo(409);
    assertThat(run.body()).isEqualTo("{\"error\":\"user is paused; resume it first\"}");
    post("/api/resume?stream=user", SAME);
    assertThat(page.workspace.query("select * from stepsync_pause")).isEmpty();
  }

  @Test
  void a_second_run_is_refused_while_one_goes_on() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    page.users.onRequest(() -> awaitOpen(answer));

    assertThat(post("/api/run?stream=user", SAME).status()).isEqualTo(200);
    Reply second = post("/api/run?stream=user", SAME);

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.body()).isEqualTo("{\"error\":\"user is running\"}");
    answer.countDown();
    await()
        .until(
            () ->
                page.workspace
                    .query("select status from stepsync_run where stream = 'user'")
                    .equals(List.of("caught_up")));
  }

  @Test
  void a_preview_is_no_request_of_another_site_and_one_at_a_time() throws Exception {
    String path = "/api/preview?stream=user";
    assertThat(post(path).status()).isEqualTo(403);
    assertThat(post(path, SAME, "Origin: http://evil.example.com").status()).isEqualTo(403);
    assertThat(get(path).status()).isEqualTo(405);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    page.users.onRequest(
        () -> {
          asked.countDown();
          awaitOpen(answer);
        });
    CompletableFuture<Reply> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return post(path, SAME);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    awaitOpen(asked);

    Reply second = post(path, SAME);

    answer.countDown();
    assertThat(second.body()).isEqualTo("{\"error\":\"user is being previewed\"}");
    assertThat(first.join().status()).isEqualTo(200);
  }

  @Test
  void what_is_asked_of_a_stream_is_asked_of_all_its_lanes() throws Exception {
    page.fillVisit();
    assertThat(post("/api/pause?stream=visit", SAME).status()).isEqualTo(200);
    assertThat(post("/api/run?stream=visit", SAME).status()).isEqualTo(409);
    assertThat(post("/api/resume?stream=visit", SAME).status()).isEqualTo(200);

    assertThat(post("/api/run?stream=visit", SAME).status()).isEqualTo(200);

    await()
        .until(
            () ->
                page.workspace.query(
                    "select lane, status from stepsync_run where stream = 'visit'"
                        + " and run not like 'visit-%' and status <> 'running' order by lane"),
            List.of(
                    "0 caught_up",
                    "1 failed",
                    "2 failed",
                    "3 failed",
                    "4 caught_up",
                    "5 failed",
                    "6 failed",
                    "7 failed")
                ::equals);
    await()
        .until(
            () -> get("/api/streams").body(),
            body ->
                body.contains("\"error\":\"lane 1: window 81001..82000: ")
                    && body.contains("; 5 more failed\",\"lanes\":8,"));
  }

  @Test
  void the_password_is_asked_for() throws Exception {
    String line = "GET /api/streams HTTP/1.1";

    Reply without = ask(locked, line, "Host: localhost");

    assertThat(without.status()).isEqualTo(401);
    assertThat(without.head()).contains("www-authenticate: basic realm=");
    assertThat(ask(locked, line, "Host: localhost", basic("ann:wrong")).status()).isEqualTo(401);
    assertThat(ask(locked, line, "Host: localhost", basic("ann:s:cret")).status()).isEqualTo(200);
    assertThat(ask(locked, "GET / HTTP/1.1", "Host: localhost").status()).isEqualTo(401);
    assertThat(ask(locked, "GET /q/x HTTP/1.1", "Host: localhost").status()).isEqualTo(401);
  }

  @Test
  void a_server_on_all_addresses_takes_any_address_but_no_other_name() throws Exception {
    String line = "GET /api/streams HTTP/1.1";

    assertThat(ask(locked, line, "Host: 10.0.0.1:80", basic("ann:s:cret")).status()).isEqualTo(200);
    assertThat(ask(locked, line, "Host: evil.example.com", basic("ann:s:cret")).status())
        .isEqualTo(403);
  }

  private static String basic(String user) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
  void a_port_that_is_taken_before_it_is_listened_on_stops_the_start(String other)
      throws Exception {
    try (CamelContext context = new DefaultCamelContext();
        ServerSocket taking = new ServerSocket()) {
      int port = freePort();
      StatusPage.serve(
          context,
          new PageSettings("127.0.0.1", port, "", "", ""),
          new ServedPaths(false, false, true, false));
      taking.bind(new InetSocketAddress(other, port));

      assertThatThrownBy(context::start)
          .hasStackTraceContaining("stepsync.page.port " + port + " of 127.0.0.1 cannot be opened");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return probe.getLocalPort();
    }
  }

  @Test
  void a_port_in_use_stops_the_start_with_one_line(@TempDir Path folder) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      new Workspace(folder)
          .userStream("http://127.0.0.1:1/", "")
          .property("stepsync.page.enabled", "true")
          .property("stepsync.page.port", "" + other.getLocalPort());

      StepsyncProcess.Result result = StepsyncProcess.run(folder, "run");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output())
          .isEqualToIgnoringNewLines(
              "stepsync: stepsync.page.port "
                  + other.getLocalPort()
                  + " of 127.0.0.1 cannot be opened (Address already in use); set another or"
                  + " stepsync.page.enabled=false");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/://localhost",
        "ftp://localhost",
        "null",
        "http://localhost.evil"
      })
  void an_action_from_an_origin_that_is_not_exactly_this_server_is_refused(String origin)
      throws Exception {
    assertThat(post("/api/pause?stream=user", SAME, "Origin: " + origin).status()).isEqualTo(403);
  }

  @Test
  void an_address_with_ten_wrong_passwords_waits_until_a_minute_after_the_first() {
    SettableClock clock = new SettableClock();
    AccessFilter.WrongPasswords wrong = new AccessFilter.WrongPasswords(clock);
    for (int i = 0; i < AccessFilter.WrongPasswords.MOST; i++) {
      assertThat(wrong.isTooMany("192.0.2.1")).isFalse();
      wrong.wrong("192.0.2.1");
    }

    assertThat(wrong.isTooMany("192.0.2.1")).isTrue();
    assertThat(wrong.isTooMany("192.0.2.2")).isFalse();
    clock.move(Duration.ofSeconds(59));
    assertThat(wrong.isTooMany("192.0.2.1")).isTrue();
    clock.move(Duration.ofSeconds(1));
    assertThat(wrong.isTooMany("192.0.2.1")).isFalse();
  }

  @Test
  void beyond_ten_wrong_passwords_the_right_one_is_not_looked_at_either(@TempDir Path own)
      throws Exception {
    String right = basic("ann:right");
    try (PageFixture server =
        new PageFixture(own, "stepsync.page.user", "ann", "stepsync.page.password", "right")) {
      for (int i = 0; i < AccessFilter.WrongPasswords.MOST; i++) {
        String given = basic("ann:" + i);
        assertThat(ask(server, "GET / HTTP/1.1", "Host: localhost", given).status()).isEqualTo(401);
      }

      Reply reply = ask(server, "GET / HTTP/1.1", "Host: localhost", right);

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.head()).contains("retry-after: 60");
    }
  }
}
