package io.stepsync.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stepsync.camel.Run;
import io.stepsync.ops.RawApi.Hostility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an API does: the user reads why, nothing is lost, and the next run is whole. */
class HostileApiTest {

  private static final String JSON = "application/json";
  private static final String ROWS = "select count(*), min(\"id\"), max(\"id\") from \"item\"";
  private static final String WHOLE = "25 1 25";

  @TempDir Path directory;
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory);
  }

  private void stream(String url, String more) throws IOException {
    workspace.stream(
        "item",
        """
        url: "%s"
        table: item
        primaryKey: id
        columns: "id: LONG, name: STRING"
        maxId: 25
        retries: 0
        %s
        """
            .formatted(url, more));
  }

  private static Arguments hostile(String name, String message, Hostility hostility) {
    return arguments(name, message, hostility);
  }

  private static Arguments body(String name, String message, String body) {
    return bytes(name, message, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Arguments bytes(String name, String message, byte[] body) {
    return hostile(name, message, (socket, out) -> out.write(RawApi.ok(JSON, body)));
  }

  private static Arguments data(String name, String message, String records) {
    return body(name, message, "{\"data\":[" + records + "]}");
  }

  private static Arguments answer(String name, String message, String head, byte[] body) {
    return hostile(name, message, (socket, out) -> out.write(RawApi.answer(head, body)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 8, (byte) 0x55);
    return damaged;
  }

  static Stream<Arguments> hostilities() {
    return Stream.of(connections(), lengths(), texts(), shapes(), ids()).flatMap(all -> all);
  }

  private static Stream<Arguments> connections() {
    return Stream.of(
        hostile("the connection is closed", "failed to respond", (socket, out) -> {}),
        hostile("the connection is reset", "reset", (socket, out) -> socket.setSoLinger(true, 0)),
        hostile(
            "the connection is reset in the body",
            "",
            (socket, out) -> {
              out.write(
                  RawApi.answer(
                      "200 OK\r\nContent-Type: " + JSON + "\r\nContent-Length: 99", utf8("{\"da")));
              out.flush();
              socket.setSoLinger(true, 0);
            }),
        hostile(
            "a header without an end",
            "Maximum line length limit exceeded",
            (socket, out) -> {
              out.write(utf8("HTTP/1.1 200 OK\r\nX: "));
              for (int i = 0; i < 1 << 14; i++) {
                out.write(new byte[1 << 16]);
              }
            }),
        hostile(
            "headers without an end",
            "Maximum header count exceeded",
            (socket, out) -> {
              out.write(utf8("HTTP/1.1 200 OK\r\n"));
              for (int i = 0; i < 1 << 20; i++) {
                out.write(utf8("X: y\r\n"));
              }
            }),
        hostile(
            "it does not speak HTTP",
            "",
            (socket, out) -> out.write(utf8("220 ftp ready\r\n\r\n"))),
        hostile(
            "the status is no number",
            "",
            (socket, out) -> out.write(utf8("HTTP/1.1 OK\r\n\r\n"))));
  }

  private static Stream<Arguments> lengths() {
    byte[] whole = utf8("{\"data\":[{\"id\":1}]}");
    byte[] packed = gzip(whole);
    String gzipped = "200 OK\r\nContent-Type: " + JSON + "\r\nContent-Encoding: gzip";
    String chunked = "200 OK\r\nContent-Type: " + JSON + "\r\nTransfer-Encoding: chunked";
    return Stream.of(
        body("JSON that is cut, with its length", "no valid JSON", "{\"data\":[{\"id\":1},{\"id\""),
        answer(
            "JSON that is cut, with the length of the whole",
            "Premature end of Content-Length",
            "200 OK\r\nContent-Type: " + JSON + "\r\nContent-Length: 1000",
            utf8("{\"data\":[{\"id\":1},{\"id\"")),
        answer(
            "a length that is too short",
            "no valid JSON",
            "200 OK\r\nContent-Type: " + JSON + "\r\nContent-Length: 12",
            whole),
        answer("a chunk of no size", "chunk", chunked, utf8("zz\r\n{}\r\n0\r\n\r\n")),
        answer(
            "chunks without an end", "chunk", chunked, utf8("13\r\n{\"data\":[{\"id\":1}]}\r\n")),
        answer("gzip that is none", "", gzipped, utf8("{\"data\":[]}")),
        answer("gzip that is damaged", "", gzipped, damaged(packed)),
        answer("gzip that is cut", "", gzipped, Arrays.copyOf(packed, packed.length - 9)));
  }

  private static Stream<Arguments> texts() {
    return Stream.of(
        body("nothing", "must be an object with data, was empty", ""),
        body("blanks", "must be an object with data, was empty", " \r\n "),
        hostile(
            "HTML",
            "the answer must be JSON, was text/html: <html>Log in",
            (socket, out) -> out.write(RawApi.ok("text/html", utf8("<html>Log in")))),
        body("HTML that claims to be JSON", "no valid JSON", "<html>Log in"),
        bytes(
            "another charset",
            "no valid JSON: Invalid UTF-8",
            "{\"data\":[{\"id\":1,\"name\":\"é\"}]}".getBytes(StandardCharsets.ISO_8859_1)),
        data("NaN", "no valid JSON", "{\"id\":1,\"name\":NaN}"),
        data("a number of two points", "no valid JSON", "{\"id\":1,\"name\":1.2.3}"),
        data(
            "arrays 10,000 deep",
            "no valid JSON",
            "{\"id\":1,\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
        data(
            "a field's name of a million characters",
            "no valid JSON",
            "{\"id\":1,\"" + "x".repeat(1_000_000) + "\":1}"),
        data(
            "a number of a million digits",
            "no valid JSON",
            "{\"id\":1,\"x\":" + "9".repeat(1_000_000) + "}"));
  }

  private static Stream<Arguments> shapes() {
    return Stream.of(
        body("no data", "the answer has no /data", "{\"error\":\"none\"}"),
        body("data that is null", "/data must be an array of records, was null", "{\"data\":null}"),
        body(
            "data that is an object",
            "/data must be an array of records, was an object",
            "{\"data\":{}}"),
        body(
            "data that is text",
            "/data must be an array of records, was a string",
            "{\"data\":\"x\"}"),
        body("data that is there twice", "the answer has data twice", "{\"data\":[],\"data\":[]}"),
        body("an array", "must be an object with data, was an array", "[]"),
        data("a record that is null", "each of /data must be an object, was null", "null"),
        data("a record that is an array", "each of /data must be an object, was an array", "[]"),
        body("two answers", "must end after its JSON value", "{\"data\":[]}{\"data\":[]}"));
  }

  private static Stream<Arguments> ids() {
    String whole = "each record must have a whole number up to 2^63-1 at /id, was ";
    return Stream.of(
        data("an ID below 0", "must lie inside the window, was -1", "{\"id\":-1}"),
        data("an ID below the window", "must lie inside the window, was 0", "{\"id\":0}"),
        data("an ID above the window", "must lie inside the window, was 26", "{\"id\":26}"),
        data("an ID with a fraction", whole + "1.5", "{\"id\":1.5}"),
        data("an ID over 2^63", whole + "9223372036854775808", "{\"id\":9223372036854775808}"),
        data("an ID that is 1e400", whole, "{\"id\":1e400}"),
        data("an ID that is text", whole + "abc", "{\"id\":\"abc\"}"),
        data("an ID that is true", whole + "true", "{\"id\":true}"),
        data("no ID", whole + "null", "{\"name\":\"x\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostilities")
  void an_answer_that_is_none_fails_the_run_and_the_next_is_whole(
      String name, String message, Hostility hostility) throws Exception {
    try (RawApi api = new RawApi(hostility)) {
      stream(api.url(), "");

      Run failed = workspace.sync("item");

      assertThat(failed.getStatus()).isEqualTo(Run.Status.FAILED);
      assertThat(failed.getError().get()).startsWith("window 1..25: ").contains(message);
      assertThat(failed.getError().get())
          .doesNotContain("Exception", "org.apache")
          .hasSizeLessThan(400);
      assertThat(workspace.query(ROWS)).containsExactly("0 null null");

      api.heal();
      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query(ROWS)).containsExactly(WHOLE);
      assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
    }
  }

  @Test
  void an_api_that_is_not_there_fails_the_run() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    stream("http://127.0.0.1:" + closed + "/items", "");

    assertThat(workspace.sync("item").getError().get()).contains("refused");
  }

  /** Each ID is kept as a dead letter, and asked again by the next run. */
  private void deadLettersThenWhole(Hostility hostility, String settings, String reason)
      throws Exception {
    try (RawApi api = new RawApi(hostility)) {
      stream(api.url(), settings);

      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query("select distinct kind, reason from stepsync_dead_letter"))
          .allSatisfy(letter -> assertThat(letter).startsWith("fetch ").contains(reason));
      assertThat(workspace.query("select count(*) from stepsync_dead_letter"))
          .containsExactly("25");

      api.heal();
      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query(ROWS)).containsExactly(WHOLE);
      assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
    }
  }

  @Test
  void an_answer_of_a_gigabyte_is_cut_off_at_the_limit() throws Exception {
    byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    deadLettersThenWhole(
        (socket, out) -> {
          out.write(
              RawApi.answer(
                  "200 OK\r\nContent-Type: " + JSON + "\r\nContent-Length: 1073741824", blanks));
          for (int i = 1; i < 1 << 14; i++) {
            out.write(blanks);
          }
        },
        "maxResponseBytes: 1000000",
        "the answer must be at most 1000000 bytes, was longer");
  }

  @Test
  void a_small_answer_that_unpacks_to_a_large_one_is_cut_off_at_the_limit() throws Exception {
    byte[] bomb = gzip(" ".repeat(100_000_000).getBytes(StandardCharsets.UTF_8));
    deadLettersThenWhole(
        (socket, out) ->
            out.write(
                RawApi.answer(
                    "200 OK\r\nContent-Type: " + JSON + "\r\nContent-Encoding: gzip", bomb)),
        "maxResponseBytes: 1000000",
        "the answer must be at most 1000000 bytes, was longer");
  }

  @Test
  void a_server_that_drips_is_cut_off_at_the_answer_timeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (RawApi api =
        new RawApi(
            (socket, out) -> {
              out.write(RawApi.answer("200 OK\r\nContent-Type: " + JSON, utf8("{")));
              while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
              }
            })) {
      stream(api.url(), "answerTimeout: 200ms");
      workspace.edit("item", "maxId: 25", "maxId: 2");

      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query("select id, kind, reason from stepsync_dead_letter"))
          .hasSize(2)
          .allSatisfy(
              letter ->
                  assertThat(letter)
                      .contains("fetch the answer must be whole after answerTimeout"));

      api.heal();
      workspace.edit("item", "maxId: 2", "maxId: 25");
      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query(ROWS)).containsExactly(WHOLE);
    }
  }

  @Test
  void a_server_that_never_answers_is_given_up_at_the_response_timeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (RawApi api = new RawApi((socket, out) -> never.await())) {
      stream(api.url(), "responseTimeout: 100ms");

      Run run = workspace.sync("item");
      assertThat(run.getStatus()).isEqualTo(Run.Status.FAILED);
      assertThat(run.getError().get()).contains("the answer did not come in time");

      api.heal();
      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query(ROWS)).containsExactly(WHOLE);
    }
  }
}
