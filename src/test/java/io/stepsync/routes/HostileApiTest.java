package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import io.stepsync.routes.RawApi.Hostility;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an API does: the user reads why, nothing is lost, and the next run is whole. */
class HostileApiTest {

  private static final String JSON = "application/json";
  private static final String TYPE = "\r\nContent-Type: " + JSON;
  private static final String ROWS = "select count(*), min(\"id\"), max(\"id\") from \"item\"";
  private static final String WHOLE = "25 1 25";

  /** What becomes of a run. */
  private enum End {
    /** It fails, and nothing has moved. */
    FAILS,
    /** It is caught up, and each ID is a dead letter. */
    DEAD_LETTERS
  }

  /** What an API does, and what the user reads. */
  private record Case(
      String name, End end, String message, String settings, int ids, Hostility hostility) {

    /** The same for a stream with other settings. */
    Case with(String more) {
      return new Case(name, end, message, more, ids, hostility);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What was seen of a case: of its run, and of the one after it, when the API was healed. */
  private record Seen(Run first, String rows, List<String> letters, Run second, String rowsThen) {}

  private static final Map<String, Seen> SEEN = new LinkedHashMap<>();

  @TempDir static Path together;
  @TempDir Path directory;
  private Workspace workspace;

  /** All cases are streams of one process: each runs, all APIs are healed, and each runs again. */
  @BeforeAll
  static void run() throws Exception {
    Workspace workspace = new Workspace(together);
    Map<String, RawApi> apis = new LinkedHashMap<>();
    List<Case> cases = cases().toList();
    for (Case one : cases) {
      RawApi api = new RawApi(one.hostility, one.ids);
      String stream = "case" + apis.size();
      apis.put(stream, api);
      workspace.stream(stream, settings(stream, api.url(), one.ids, one.settings));
    }
    Map<String, Run> first = runEach(workspace, apis.keySet());
    List<String> rows = rows(workspace, apis.keySet());
    List<String> letters =
        workspace.query("select stream, id, kind, reason from stepsync_dead_letter");
    apis.values().forEach(RawApi::heal);
    Map<String, Run> second = runEach(workspace, apis.keySet());
    List<String> rowsThen = rows(workspace, apis.keySet());
    for (int i = 0; i < cases.size(); i++) {
      String stream = "case" + i;
      List<String> own = letters.stream().filter(one -> one.startsWith(stream + " ")).toList();
      SEEN.put(
          cases.get(i).name,
          new Seen(first.get(stream), rows.get(i), own, second.get(stream), rowsThen.get(i)));
      apis.get(stream).close();
    }
    assertThat(SEEN).as("each has a name of its own").hasSize(cases.size());
    assertThat(workspace.query("select * from stepsync_dead_letter")).isEmpty();
  }

  @AfterAll
  static void forget() {
    SEEN.clear();
  }

  private static Map<String, Run> runEach(Workspace workspace, Set<String> streams)
      throws Exception {
    return workspace
        .load()
        .withoutTriggers(
            context -> {
              Map<String, Run> runs = new LinkedHashMap<>();
              for (String stream : streams) {
                runs.put(stream, Standalone.run(context, stream, RunKind.SYNC));
              }
              return runs;
            });
  }

  /** Returns how many rows each table has, and their first and last ID, in the order of cases. */
  private static List<String> rows(Workspace workspace, Set<String> tables) throws Exception {
    List<String> selects =
        tables.stream()
            .map("select '%1$s', count(*), min(\"id\"), max(\"id\") from \"%1$s\""::formatted)
            .toList();
    return workspace.query(String.join(" union all ", selects)).stream()
        .map(row -> row.split(" ", 2))
        .sorted(Comparator.comparingInt(row -> Integer.parseInt(row[0].substring(4))))
        .map(row -> row[1].strip())
        .toList();
  }

  private static String settings(String table, String url, int ids, String more) {
    return """
        url: "%s"
        table: %s
        primaryKey: id
        columns: "id: LONG, name: STRING"
        maxId: %d
        retries: 0
        %s
        """
        .formatted(url, table, ids, more);
  }

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory);
  }

  private void stream(String url, String more) throws IOException {
    workspace.stream("item", settings("item", url, 25, more));
  }

  private static Case fails(String name, String message, Hostility hostility) {
    return new Case(name, End.FAILS, message, "", 25, hostility);
  }

  private static Case body(String name, String message, String body) {
    return bytes(name, message, utf8(body));
  }

  private static Case bytes(String name, String message, byte[] body) {
    return fails(name, message, (socket, out) -> out.write(RawApi.ok(JSON, body)));
  }

  private static Case data(String name, String message, String records) {
    return body(name, message, "{\"data\":[" + records + "]}");
  }

  private static Case answer(String name, String message, String head, byte[] body) {
    return fails(name, message, (socket, out) -> out.write(RawApi.answer(head, body)));
  }

  private static Case status(int status) {
    return answer(
        "status " + status,
        "the API answered /items with status " + status + ": no \uFFFD[2Jway",
        status + " No" + TYPE + "\r\nContent-Length: 10",
        utf8("no \u001b[2Jway"));
  }

  /** The same, but narrower windows are asked, and each ID is a dead letter. */
  private static Case letters(Case one) {
    return new Case(one.name, End.DEAD_LETTERS, one.message, one.settings, 3, one.hostility);
  }

  private static Case spoilt(String name, String message, String record) {
    return letters(data(name, message, record));
  }

  private static Case spoiltText(String name, String message, int... bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(utf8("{\"data\":[{\"id\":1,\"name\":\""));
    Arrays.stream(bytes).forEach(body::write);
    body.writeBytes(utf8("\"}]}"));
    return letters(bytes(name, message, body.toByteArray()));
  }

  private static Case told(String name, String message, String body) {
    return letters(body(name, "the API answered /items with status 200, but " + message, body));
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

  static Stream<Case> cases() {
    return Stream.of(
            connections(),
            heads(),
            statuses(),
            redirects(),
            lengths(),
            texts(),
            shapes(),
            ids(),
            spoiltRecords(),
            errors())
        .flatMap(part -> part);
  }

  private static Stream<Case> connections() {
    return Stream.of(
        fails("the connection is closed", "failed to respond", (socket, out) -> {}),
        fails("the connection is reset", "reset", (socket, out) -> socket.setSoLinger(true, 0)),
        fails(
            "the connection is reset in the body",
            "reset",
            (socket, out) -> {
              out.write(
                  RawApi.answer(
                      "200 OK\r\nContent-Type: " + JSON + "\r\nContent-Length: 99", utf8("{\"da")));
              out.flush();
              socket.setSoLinger(true, 0);
            }),
        fails(
            "a header without an end",
            "Maximum line length limit exceeded",
            (socket, out) -> {
              out.write(utf8("HTTP/1.1 200 OK\r\nX: "));
              for (int i = 0; i < 1 << 14; i++) {
                out.write(new byte[1 << 16]);
              }
            }),
        fails(
            "headers without an end",
            "Maximum header count exceeded",
            (socket, out) -> {
              out.write(utf8("HTTP/1.1 200 OK\r\n"));
              for (int i = 0; i < 1 << 20; i++) {
                out.write(utf8("X: y\r\n"));
              }
            }),
        fails(
            "it does not speak HTTP",
            "failed to respond",
            (socket, out) -> out.write(utf8("220 ftp ready\r\n\r\n"))),
        fails(
            "the status is no number",
            "failed to respond",
            (socket, out) -> out.write(utf8("HTTP/1.1 OK\r\n\r\n"))));
  }

  private static Stream<Case> heads() {
    return Stream.of(
        fails(
            "the connection is closed in the status line",
            "failed to respond",
            (socket, out) -> out.write(utf8("HTTP/1.1 20"))),
        fails(
            "the connection is closed in the headers",
            "must be an object with data, was empty",
            (socket, out) -> out.write(utf8("HTTP/1.1 200 OK\r\nContent-Type: app"))),
        fails(
            "only an interim answer",
            "failed to respond",
            (socket, out) -> out.write(utf8("HTTP/1.1 103 Early Hints\r\n\r\n"))),
        answer(
            "a length that is no number",
            "Invalid content length: x",
            "200 OK" + TYPE + "\r\nContent-Length: x",
            utf8("{}")),
        answer(
            "a length below 0",
            "Negative content length: -5",
            "200 OK" + TYPE + "\r\nContent-Length: -5",
            utf8("{}")),
        fails(
            "a body without a head",
            "failed to respond",
            (socket, out) -> out.write(utf8("{\"data\":[]}"))));
  }

  private static Stream<Case> statuses() {
    IntStream failing =
        IntStream.of(
            202, 206, 207, 300, 305, 400, 401, 402, 403, 404, 405, 406, 409, 410, 415, 418, 421,
            422, 425, 426, 428, 429, 431, 451, 499, 501, 502, 503, 505, 507, 511, 520, 599);
    IntStream narrowed = IntStream.of(408, 413, 500, 504);
    return Stream.concat(
        failing.mapToObj(HostileApiTest::status),
        narrowed.mapToObj(HostileApiTest::status).map(HostileApiTest::letters));
  }

  private static Stream<Case> redirects() {
    String empty = "\r\nContent-Length: 0";
    return Stream.of(
        answer("content that is to be reset", "status 205", "205 Reset" + empty, new byte[0]),
        answer("content that was not modified", "status 304", "304 Not Modified", new byte[0]),
        answer("a redirect to nowhere", "status 302", "302 Found" + empty, new byte[0]),
        answer(
            "a redirect to another server",
            "status 302",
            "302 Found\r\nLocation: http://127.0.0.2:1/items" + empty,
            new byte[0]),
        answer(
            "a redirect to what is no URL",
            "Invalid redirect URI",
            "302 Found\r\nLocation: http://%%%" + empty,
            new byte[0]),
        answer(
            "a redirect to itself",
            "redirect",
            "302 Found\r\nLocation: /items" + empty,
            new byte[0]));
  }

  private static Stream<Case> lengths() {
    byte[] whole = utf8("{\"data\":[{\"id\":1}]}");
    byte[] packed = gzip(whole);
    String gzipped = "200 OK" + TYPE + "\r\nContent-Encoding: gzip";
    String chunked = "200 OK" + TYPE + "\r\nTransfer-Encoding: chunked";
    return Stream.of(
        answer(
            "JSON that is cut, with the length of the whole",
            "Premature end of Content-Length",
            "200 OK" + TYPE + "\r\nContent-Length: 1000",
            utf8("{\"data\":[{\"id\":1},{\"id\"")),
        answer("a chunk of no size", "chunk", chunked, utf8("zz\r\n{}\r\n0\r\n\r\n")),
        answer(
            "a chunk that is longer than it says",
            "chunk",
            chunked,
            utf8("2\r\n{\"data\":[]}\r\n0\r\n\r\n")),
        answer(
            "chunks without an end", "chunk", chunked, utf8("13\r\n{\"data\":[{\"id\":1}]}\r\n")),
        answer("gzip that is none", "Not in GZIP format", gzipped, utf8("{\"data\":[]}")),
        answer("gzip that is damaged", "GZIP", gzipped, damaged(packed)),
        answer(
            "gzip that is cut",
            "Unexpected end of ZLIB input stream",
            gzipped,
            Arrays.copyOf(packed, packed.length - 9)),
        answer("gzip in gzip", "no valid JSON", gzipped, gzip(packed)),
        answer(
            "brotli that was not asked for",
            "no valid JSON",
            "200 OK" + TYPE + "\r\nContent-Encoding: br",
            new byte[] {0x0b, 0x02, (byte) 0x80, 0x5b, 0x5d, 0x03}));
  }

  private static Stream<Case> texts() {
    String noJson = "the answer is no valid JSON at line 1, column ";
    String noPage = "the answer must be JSON, was application/json: ";
    String cut = "Unexpected end-of-input";
    return Stream.of(
        body("nothing", "must be an object with data, was empty", ""),
        body("blanks", "must be an object with data, was empty", " \r\n "),
        fails(
            "HTML",
            "the answer must be JSON, was text/html: <html>Log in",
            (socket, out) -> out.write(RawApi.ok("text/html", utf8("<html>Log in")))),
        body("HTML that claims to be JSON", noPage + "<html>Log in", "<html>Log in"),
        body("a warning before the JSON", noPage + "<br>No", "<br>No{\"data\":[]}"),
        body("JSONP", noJson, "callback({\"data\":[]})"),
        body("JSON after a guard", noJson, ")]}',\n{\"data\":[]}"),
        body("XML that claims to be JSON", noPage + "<?xml", "<?xml version=\"1.0\"?><data/>"),
        body("YAML", noJson, "data:\n  - id: 1\n"),
        body("CSV", noJson, "id,name\n1,n1\n"),
        body("a word", noJson, "OK"),
        body("a comment", noJson, "/* none */{\"data\":[]}"),
        body("single quotes", noJson, "{'data':[]}"),
        body("NaN before the records", noJson, "{\"took\":NaN,\"data\":[{\"id\":1}]}"),
        body("HTML after the JSON", noJson, "{\"data\":[]}<html>"),
        body("JSON that is cut before the records", noJson, "{\"da"),
        body("JSON that is cut in a name", cut, "{\"data\":[{\"id\":1},{\"id\""),
        body("JSON that is cut in a text", cut, "{\"data\":[{\"id\":1,\"name\":\"n"),
        body("JSON that is cut after the bracket", cut, "{\"data\":["),
        answer(
            "a length that is too short",
            "near {\"data\":[{\"i: " + cut,
            "200 OK" + TYPE + "\r\nContent-Length: 12",
            utf8("{\"data\":[{\"id\":1}]}")),
        bytes("zeros", "no valid JSON", new byte[100]),
        bytes("a picture", noJson, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}));
  }

  private static Stream<Case> shapes() {
    String array = "/data must be an array of records, was ";
    String object = "the answer must be an object with data, was ";
    String each = "each of /data must be an object, was ";
    String setting = "; emptyWithoutArray=true takes that for no record";
    return Stream.of(
        body("no data", "the answer has no /data", "{\"error\":\"none\"}"),
        body("data by another name", "the answer has no /data", "{\"Data\":[]}"),
        body("data elsewhere", "the answer has no /data", "{\"page\":{\"data\":[]}}"),
        body("lines of records", "the answer has no /data", "{\"id\":1}\n{\"id\":2}\n"),
        body("data that is null", array + "null" + setting, "{\"data\":null}"),
        body("data that is empty", array + "an empty object" + setting, "{\"data\":{}}"),
        body("data that is an object", array + "an object", "{\"data\":{\"id\":1}}"),
        body("data that is text", array + "a string", "{\"data\":\"x\"}"),
        body("data that is a number", array + "a number", "{\"data\":0}"),
        body("data that is false", array + "false", "{\"data\":false}"),
        body("data that is there twice", "the answer has data twice", "{\"data\":[],\"data\":[]}"),
        body("an array", object + "an array", "[]"),
        body("a text", object + "a string", "\"data\""),
        body("a number", object + "a number", "17"),
        body("null", object + "null", "null"),
        data("a record that is an array", each + "an array", "[]"),
        data("a record that is a text", each + "a string", "\"n1\""),
        data("a record that is a number", each + "a number", "1"),
        data("a record that is true", each + "true", "true"),
        body("two answers", "must end after its JSON value", "{\"data\":[]}{\"data\":[]}"));
  }

  private static Stream<Case> ids() {
    String inside = "each record's ID must lie inside the window, was ";
    String whole = "each record must have a whole number up to 2^63-1 at /id, was ";
    return Stream.of(
        data("an ID below 0", inside + "-1", "{\"id\":-1}"),
        data("an ID below the window", inside + "0", "{\"id\":0}"),
        data("an ID above the window", inside + "26", "{\"id\":26}"),
        data("an ID of 2^63-1", inside + "9223372036854775807", "{\"id\":9223372036854775807}"),
        data("an ID above the window after one in it", inside + "26", "{\"id\":1},{\"id\":\"26\"}"),
        data("the records of another window", inside + "11", "{\"id\":11},{\"id\":12}")
            .with("stepSize: 10"),
        data("an ID with a fraction", whole + "1.5", "{\"id\":1.5}"),
        data("an ID over 2^63", whole + "9223372036854775808", "{\"id\":9223372036854775808}"),
        data("an ID that is 1e400", whole, "{\"id\":1e400}"),
        data("an ID of 900 digits", whole + "999", "{\"id\":" + "9".repeat(900) + "}"),
        data("an ID that is text", whole + "abc", "{\"id\":\"abc\"}"),
        data("an ID that is an empty text", whole + "a blank text", "{\"id\":\"\"}"),
        data("an ID that is blank", whole + "a blank text", "{\"id\":\" \"}"),
        data("an ID that is hexadecimal", whole + "0x1", "{\"id\":\"0x1\"}"),
        data("an ID with a fraction in a text", whole + "1.0", "{\"id\":\"1.0\"}"),
        data("an ID for a terminal", whole + "\uFFFD[2J", "{\"id\":\"\\u001b[2J\"}"),
        data("an ID that is true", whole + "true", "{\"id\":true}"),
        data("an ID that is an array", whole + "[1]", "{\"id\":[1]}"),
        data("an ID that is an object", whole + "{n=1}", "{\"id\":{\"n\":1}}"),
        data("an ID that is null", whole + "null", "{\"id\":null}"),
        data("no ID", whole + "null", "{\"name\":\"x\"}"));
  }

  /** What is no JSON from the records on. */
  private static Stream<Case> spoiltRecords() {
    String deep = "Document nesting depth (1001) exceeds the maximum allowed (1000)";
    return Stream.of(
        spoilt(
            "NaN",
            "near {\"data\":[{\"id\":1,\"v\":NaN}]}: Non-standard token 'NaN'",
            "{\"id\":1,\"v\":NaN}"),
        spoilt("-Infinity", "Non-standard token '-Infinity'", "{\"id\":1,\"v\":-Infinity}"),
        spoilt("None", "Unrecognized token 'None'", "{\"id\":1,\"v\":None}"),
        spoilt("undefined", "Unrecognized token 'undefined'", "{\"id\":1,\"v\":undefined}"),
        spoilt("a number of two points", "Unexpected character ('.'", "{\"id\":1,\"v\":1.2.3}"),
        spoilt("a number with zeros", "Leading zeroes not allowed", "{\"id\":1,\"v\":007}"),
        spoilt("a number with a plus", "Unexpected character ('+'", "{\"id\":1,\"v\":+1}"),
        spoilt("a number that ends in a point", "Decimal point not", "{\"id\":1,\"v\":1.}"),
        spoilt("a number beyond all", "exponent digits", "{\"id\":1,\"v\":1e99999999999}"),
        spoilt("a name without quotes", "Unexpected character ('v'", "{\"id\":1,v:1}"),
        spoilt("a text in single quotes", "Unexpected character ('''", "{\"id\":1,\"v\":'x'}"),
        spoilt("a comma too many", "Unexpected character ('}'", "{\"id\":1,}"),
        spoilt("a comma too few", "was expecting comma", "{\"id\":1 \"v\":2}"),
        spoilt(
            "a comment in a record", "maybe a (non-standard) comment?", "{\"id\":1,/*x*/\"v\":2}"),
        spoilt("brackets that do not match", "Unexpected close marker '}'", "{\"id\":1,\"v\":[1}"),
        spoilt("an unknown escape", "Unrecognized character escape", "{\"id\":1,\"v\":\"\\x41\"}"),
        spoiltText("a line break in a text", "Illegal unquoted character", '\n'),
        spoiltText("a zero in a text", "Illegal unquoted character", 0),
        spoiltText("another charset", "\"name\":\"\uFFFD\"}]}: Invalid UTF-8", 0xE9),
        spoiltText("a byte that UTF-8 never has", "Invalid UTF-8 start byte 0xff", 0xFF),
        spoiltText("UTF-8 that is cut", "Invalid UTF-8", 0xF0, 0x9F, 0x91),
        spoilt(
            "arrays 10,000 deep",
            deep,
            "{\"id\":1,\"v\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
        spoilt("objects 10,000 deep", deep, "{\"v\":".repeat(10_000) + "1" + "}".repeat(10_000)),
        spoilt(
            "a name of a million characters",
            "exceeds the maximum allowed (50000)",
            "{\"id\":1,\"" + "x".repeat(1_000_000) + "\":1}"),
        spoilt(
            "a number of a million digits",
            "Number value length (1000000) exceeds the maximum allowed (1000)",
            "{\"id\":1,\"v\":" + "9".repeat(1_000_000) + "}"),
        spoilt("a record that is null", "each of /data must be an object, was null", "null"),
        letters(body("NaN after the records", "token 'NaN'", "{\"data\":[],\"took\":NaN}")));
  }

  /** Failures of which the status does not tell. */
  private static Stream<Case> errors() {
    String late = "\"errors\":[{\"message\":\"timed out\"}]";
    return Stream.of(
        told("errors and no record", "/errors: timed out", "{\"data\":[]," + late + "}"),
        told("errors and null", "/errors: timed out", "{\"data\":null," + late + "}"),
        told("errors alone", "/errors: timed out", "{" + late + "}"),
        told("errors before records", "/errors: timed out", "{" + late + ",\"data\":[{\"id\":1}]}"),
        told("errors beside nulls", "/errors: timed out", "{\"data\":[null]," + late + "}"),
        told("errors beside NaN", "/errors: timed out", "{" + late + ",\"data\":[NaN]}"),
        told("several errors", "/errors: a, and 1 more", "{\"data\":[],\"errors\":[\"a\",\"b\"]}"),
        told(
            "an object of errors",
            "/errors: {\"id\":[\"no\"]}",
            "{\"data\":[],\"errors\":{\"id\":[\"no\"]}}"),
        told(
            "errors for a terminal",
            "/errors: \uFFFD[2Jno",
            "{\"data\":[],\"errors\":\"\\u001b[2Jno\"}"),
        told("no success", "/ok=false: {\"ok\":false,\"data\":[]}", "{\"ok\":false,\"data\":[]}")
            .with("errors: /ok=false"),
        body(
            "errors as it was asked too often",
            "the API answered /items with status 200, but /errors: Throttled",
            "{\"data\":[],\"errors\":[{\"message\":\"Throttled\"}]}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void the_user_reads_why_and_nothing_is_lost_and_the_next_run_is_whole(Case one) {
    Seen seen = SEEN.get(one.name);
    List<String> lines =
        Stream.concat(seen.first.getError().stream(), seen.letters.stream()).toList();

    assertThat(seen.rows).isEqualTo("0 null null");
    if (one.end == End.FAILS) {
      assertThat(seen.first.getStatus()).isEqualTo(RunStatus.FAILED);
      assertThat(lines).hasSize(1).allMatch(line -> line.startsWith("window 1.."));
      assertThat(seen.first.getCheckpoint().currentId()).isEqualTo(1);
    } else {
      assertThat(seen.first.getError()).isEmpty();
      assertThat(lines).hasSize(one.ids).allMatch(line -> line.contains(" fetch "));
    }
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(one.message)
                    .doesNotContain("Exception", "org.apache", "[Source", "Feature", "Constraints")
                    .doesNotContainPattern("\\p{Cc}")
                    .hasSizeLessThan(500));
    assertThat(seen.second.getError()).isEmpty();
    assertThat(seen.rowsThen).isEqualTo("%d 1 %1$d".formatted(one.ids));
  }

  @Test
  void an_api_that_is_not_there_fails_the_run() throws Exception {
    stream("http://127.0.0.1:1/items", "");

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
      stream(api.url(), "");
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
      assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
      assertThat(run.getError().get()).contains("the answer did not come in time");

      api.heal();
      stream(api.url(), "");
      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query(ROWS)).containsExactly(WHOLE);
    }
  }
}
