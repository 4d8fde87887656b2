package io.stepsync.cli.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import io.stepsync.routes.ScriptedApi;
import io.stepsync.routes.ShapedApi;
import io.stepsync.routes.StepsyncProcess;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.routes.Workspace;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code discover} prints runs as it is, and copies all that the API has. */
class DiscoverTest {

  private static final String DATA = "{\"data\":[$]}";

  @TempDir Path directory;
  private ShapedApi api;
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    api = new ShapedApi();
    workspace = new Workspace(directory);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private DiscoverOptions options(String path) {
    DiscoverOptions options = new DiscoverOptions();
    options.url = api.url(path);
    options.start = 1;
    options.step = 1000L;
    return options;
  }

  private List<StreamFile> discover(DiscoverOptions... all) throws Exception {
    return Standalone.withoutStreams(directory)
        .withoutDatabase(
            context ->
                Stream.of(all).map(each -> new Discovery(context, each).streamFile()).toList());
  }

  private StreamFile discover(String path) throws Exception {
    return discover(options(path)).get(0);
  }

  private List<Exception> problems(DiscoverOptions... all) throws Exception {
    return Standalone.withoutStreams(directory)
        .withoutDatabase(
            context ->
                Stream.of(all)
                    .map(each -> catchException(() -> new Discovery(context, each).streamFile()))
                    .toList());
  }

  private String columns(String... records) throws Exception {
    api.shape("x", DATA, records);
    return discover("x").settings().get("columns");
  }

  /** Runs the file in YAML, and as another stream in XML, and returns what both wrote. */
  private List<String> rows(StreamFile file, String sql) throws Exception {
    Path streams = directory.resolve("routes/streams");
    String xml = file.name() + "_xml";
    Files.writeString(streams.resolve(file.name() + ".camel.yaml"), file.yaml());
    Map<String, String> settings = new LinkedHashMap<>(file.settings());
    settings.put("table", xml);
    StreamFile other = new StreamFile(xml, settings, file.schedule(), file.comment(), true);
    Files.writeString(streams.resolve(file.name() + ".camel.xml"), other.xml());

    List<Run> runs =
        workspace
            .load()
            .withoutTriggers(
                context ->
                    List.of(
                        Standalone.run(context, file.name(), RunKind.SYNC),
                        Standalone.run(context, xml, RunKind.SYNC)));

    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.getError()).isEmpty();
              assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
              assertThat(run.getCounters().deadLetters()).isZero();
            });
    List<String> rows = workspace.query(sql.replace("TABLE", "\"" + file.name() + "\""));
    assertThat(workspace.query(sql.replace("TABLE", "\"" + xml + "\""))).isEqualTo(rows);
    return rows;
  }

  @Test
  void what_is_printed_into_a_stream_file_is_copied_by_sync_as_it_is() throws Exception {
    api.shape("v1/order", DATA, "{\"id\":ID,\"größe\":1.5}", "{\"id\":ID,\"größe\":2}");
    Path file = directory.resolve("routes/streams/order.camel.yaml");

    Process discover =
        StepsyncProcess.builder(directory, "discover", api.url("v1/order"))
            .redirectOutput(file.toFile())
            .redirectError(directory.resolve("told.txt").toFile())
            .start();

    assertThat(discover.waitFor()).isZero();
    assertThat(directory.resolve("told.txt"))
        .hasContent(
            """
            stepsync: without a range there are 2 records
            stepsync: window 1..1 has the 1 known IDs of it, and none from outside
            stepsync: window 1..1000 has 2 records at /data
            stepsync: window 3..1002 has 0 records
            stepsync: the ID is id, of 2 columns""");
    assertThat(directory.resolve("data")).doesNotExist();
    Result sync = StepsyncProcess.run(directory, "sync");
    assertThat(sync.exitCode()).as(sync.output()).isZero();
    assertThat(workspace.query("select \"id\", \"größe\" from \"order\" order by \"id\""))
        .containsExactly("1 1.5", "2 2.0");
  }

  @Test
  void a_plain_route_in_place_of_the_template_is_copied_too() throws Exception {
    api.shape("v1/order", DATA, "{\"id\":ID}", "{\"id\":ID}");
    String file = "routes/streams/order.camel.yaml";

    Result discover =
        StepsyncProcess.run(
            directory, "discover", api.url("v1/order"), "--plain-route", "--out", file);

    assertThat(discover.exitCode()).as(discover.output()).isZero();
    assertThat(directory.resolve(file))
        .content()
        .contains("to: direct:stepsync-scheduled-run")
        .doesNotContain("templatedRoute");
    assertThat(StepsyncProcess.run(directory, "validate").output()).contains("order: ok");
    assertThat(StepsyncProcess.run(directory, "sync").exitCode()).isZero();
  }

  @Test
  void each_type_is_found_and_a_value_of_two_kinds_falls_to_the_wider_type() throws Exception {
    assertThat(
            columns(
                """
                {"id":ID,"b":true,"l":9223372036854775807,"d":12.5,"f":0.8414709848078965,
                 "big":12345678901234567890,"huge":1e400,"m":"2026-11-15T00:58:20+01:00",
                 "dt":"2026-11-15 00:58:20","date":"2026-11-15","t":"00:58:20","o":{"x":[1]},
                 "s":"Ann","none":null,"some":1,"ld":1,"bs":true,"so":"text","td":"2026-11-15",
                 "late":"12026-01-01","n":"2026-11-15T00:58:20.123456789Z","digits":"12"}
                """,
                """
                {"id":ID,"b":false,"l":-1,"d":3,"f":1e-20,"big":1,"huge":1,
                 "m":"2026-11-15T00:58:20Z","dt":"2026-11-15T00:58:20.5","date":"1999-01-01",
                 "t":"23:00","o":[],"s":"","none":null,"ld":0.25,"bs":"true","so":{},"td":"today",
                 "late":"2026-01-01","n":"2026-11-15T00:58:20Z","digits":"13"}
                """))
        .isEqualTo(
            """
            id: LONG
            b: BOOLEAN
            l: LONG
            d: DOUBLE
            f: DOUBLE
            big: DECIMAL(26,0)
            huge: STRING
            m: UTC_DATETIME
            dt: NAIVE_DATETIME
            date: NAIVE_DATE
            t: NAIVE_TIME
            o: JSON
            s: STRING
            none: STRING
            some: LONG
            ld: DOUBLE
            bs: STRING
            so: JSON
            td: STRING
            late: STRING
            n: STRING
            digits: STRING""");
  }

  @Test
  void names_that_yaml_or_xml_would_misread_are_written_as_they_are() throws Exception {
    List<String> names =
        List.of(
            "created-at",
            "a.b",
            "größe",
            "with space",
            "yes",
            "null",
            "12",
            "#x",
            "a:b",
            "it's",
            "\\\"quoted\\\"",
            "a/b",
            "-",
            "{y}",
            "[z]",
            "&amp;",
            "<tag>",
            "---",
            "%",
            "@at",
            "`t`",
            "a)",
            "b(",
            "x: y",
            "😀",
            "|",
            ">",
            "!",
            "*a");
    StringBuilder record = new StringBuilder("{\"the/id\":ID");
    names.forEach(name -> record.append(",\"" + name + "\":\"value of " + name + "\""));
    api.shape("odd", DATA, record.append("}").toString());

    StreamFile file = discover("odd");

    assertThat(file.settings())
        .containsEntry("id", "/the~1id")
        .containsEntry("primaryKey", "the/id");
    List<String> found = new ArrayList<>();
    for (String name : names) {
      found.add("\"" + name.replace("\\\"", "\"\"") + "\"");
    }
    assertThat(rows(file, "select " + String.join(", ", found) + " from TABLE").get(0))
        .isEqualTo("value of " + String.join(" value of ", names).replace("\\\"", "\""));
  }

  @Test
  void a_name_that_no_column_can_have_is_left_out() throws Exception {
    assertThat(columns("{\"id\":ID,\"a,b\":1,\"\":2,\" c\":3,\"d\\ne\":4,\"{{f}}\":5,\"g\":6}"))
        .isEqualTo("id: LONG\ng: LONG");
  }

  @Test
  void the_records_are_found_in_the_answer_itself_and_deep_inside() throws Exception {
    api.shape("root", "[$]", "{\"id\":\"ID\",\"n\":1}", "{\"id\":\"ID\",\"n\":2}");
    api.shape(
        "deep",
        "{\"links\":[],\"total\":[1],\"result\":{\"page\":{},\"some items\":[$]},\"z\":{\"a\":{\"b\":[{\"id\":1}]}}}",
        "{\"id\":ID,\"n\":{\"x\":1}}");
    api.shape("given", "{\"other\":[{\"id\":1}],\"these\":[$]}", "{\"id\":ID,\"n\":7}");
    DiscoverOptions given = options("given");
    given.records = "/these";

    List<StreamFile> files = discover(options("root"), options("deep"), given);
    StreamFile root = files.get(0);
    StreamFile deep = files.get(1);

    assertThat(root.settings())
        .containsEntry("records", "")
        .containsEntry("columns", "id: STRING\nn: LONG");
    assertThat(rows(root, "select \"id\", \"n\" from TABLE order by 1"))
        .containsExactly("1 1", "2 2");
    assertThat(deep.settings()).containsEntry("records", "/result/some items");
    assertThat(rows(deep, "select * from (select \"id\", \"n\" from TABLE)"))
        .containsExactly("1 {\"x\":1}");
    assertThat(files.get(2).settings()).containsEntry("columns", "id: LONG\nn: LONG");
  }

  @Test
  void the_id_is_the_field_that_can_be_one_and_looks_most_like_it() throws Exception {
    api.shape("named", DATA, "{\"n\":ID,\"orderId\":ID,\"x\":\"ID\"}");
    api.shape("underscore", DATA, "{\"n\":ID,\"_id\":ID,\"orderId\":ID}");
    api.shape("only", DATA, "{\"id\":\"a\",\"n\":1,\"m\":ID}", "{\"id\":\"b\",\"n\":1,\"m\":ID}");
    DiscoverOptions given = options("only");
    given.id = "n";

    assertThat(discover(options("named"), options("underscore"), options("only")))
        .extracting(file -> file.settings().get("primaryKey"))
        .containsExactly("orderId", "_id", "m");
    assertThat(problems(given).get(0)).hasMessage("--id n cannot be the ID: two records have 1");
  }

  @Test
  void ids_that_are_no_whole_numbers_are_told() throws Exception {
    String first = "0b7cf2b2-4c3f-4b6e-9d39-5a1f7a1d2c11";
    String second = "7f0a3c55-1b1e-4d0a-8a53-6f1c2d3e4f50";
    api.shape("v4", DATA, "{\"id\":\"%s\"}".formatted(first), "{\"id\":\"%s\"}".formatted(second));
    api.shape(
        "seq",
        DATA,
        "{\"id\":\"%s\",\"age\":71}".formatted(first),
        "{\"id\":\"%s\",\"age\":32}".formatted(second));

    List<Exception> problems = problems(options("v4"), options("seq"));

    assertThat(problems.get(0))
        .hasMessageStartingWith(
            "the IDs must be whole numbers, as stepsync asks for ranges of them; those of ")
        .hasMessageContaining(first)
        .hasMessageNotContaining("--start-param");
    assertThat(problems.get(1))
        .hasMessageContaining("are no whole numbers, which IDs must be; name its own with");
  }

  @Test
  void an_answer_that_makes_no_stream_is_told() throws Exception {
    api.shape("empty", DATA);
    api.shape("outside", DATA, "{\"id\":4711}");
    api.shape("none", "{\"total\":7}");

    DiscoverOptions narrow = options("empty");
    narrow.step = 0L;
    DiscoverOptions user = options("empty");
    user.url = "https://ann:sesame@api.example.com/orders";

    List<Exception> problems =
        problems(options("empty"), options("none"), options("outside"), narrow, user);

    assertThat(problems.get(0))
        .hasMessage("window 1..1000 has no record; name an ID that exists with --start");
    assertThat(problems.get(1))
        .hasMessage(
            "the answer has no array of records, which are objects; is this the API's URL?");
    assertThat(problems.get(2))
        .hasMessageStartingWith(
            "the API obeys none of the 37 usual ranges of IDs, such as start_id");
    assertThat(problems.get(3))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream empty: stepSize must be >= 1, was 0");
    assertThat(problems.get(4))
        .hasMessage("URL must have no user in it; --header can show who asks");
  }

  @Test
  void apis_that_are_asked_for_one_id_or_up_to_a_limit_are_discovered_too() throws Exception {
    try (ScriptedApi asked =
        new ScriptedApi(
            request ->
                ScriptedApi.Reply.json(
                    request.query().containsKey("limit")
                        ? ScriptedApi.Reply.array(
                            LongStream.of(900, 5000)
                                .filter(id -> id >= request.number("min_id"))
                                .limit(request.number("limit")))
                        : ScriptedApi.record(7)))) {
      DiscoverOptions one = new DiscoverOptions();
      one.url = asked.url("/item/{start}");
      one.start = 7;
      one.step = 1L;
      DiscoverOptions limited = new DiscoverOptions();
      limited.url = asked.url("/things?limit={limit}");
      limited.startParam = "min_id";
      limited.endParam = "";
      limited.start = 1;
      limited.step = 100L;

      List<StreamFile> files = discover(one, limited);

      assertThat(asked.requests().get(0).path()).isEqualTo("/item/7");
      assertThat(asked.requests().get(2).query()).containsEntry("limit", "100").hasSize(2);
      assertThat(files)
          .extracting(file -> file.settings().get("columns"))
          .containsOnly("id: LONG\nname: STRING");
      assertThat(files).extracting(StreamFile::name).containsExactly("item", "things");
    }
  }

  @Test
  void what_was_asked_otherwise_is_written_and_secrets_are_not() throws Exception {
    try (ScriptedApi asked =
        new ScriptedApi(
            request ->
                ScriptedApi.Reply.range(
                    request.number("from"), Math.min(60, request.number("to"))))) {
      DiscoverOptions options = new DiscoverOptions();
      options.url = asked.url("/a/Orders.json?api_key=sesame&sort=id");
      options.start = 51;
      options.step = 10L;
      options.startParam = "from";
      options.endParam = "to";
      options.headers = List.of("Authorization: Bearer abcdefgh", "X-Version: 2");

      StreamFile file = discover(options).get(0);

      assertThat(asked.requests().get(0).query())
          .containsEntry("api_key", "sesame")
          .containsEntry("to", "60");
      assertThat(asked.requests().get(0).headers())
          .containsEntry("authorization", "Bearer abcdefgh");
      assertThat(file.yaml())
          .contains("?api_key={{env:ORDERS_API_KEY}}&sort=id")
          .contains("Authorization: {{env:ORDERS_AUTHORIZATION}}\n          X-Version: 2")
          .contains("startParam: from\n        endParam: to")
          .contains("initialId: 51\n        stepSize: 10\n        table: orders\n")
          .contains("# CREATE CACHED TABLE \"orders\" (\"id\" BIGINT,\n")
          .doesNotContain("sesame", "abcdefgh");
    }
  }

  @Test
  void a_file_is_written_whole_beside_the_schema_that_it_names_and_none_is_overwritten()
      throws Exception {
    api.shape("order", DATA, "{\"id\":ID,\"name\":\"a\"}", "{\"id\":ID,\"name\":\"b\"}");
    Path streams = directory.resolve("routes/streams");
    String[] command = {
      "discover", api.url("order"), "--out", "routes/streams/order.camel.yaml", "--id", "/id"
    };

    Result written = StepsyncProcess.run(directory, command);
    assertThat(written.exitCode()).as(written.output()).isZero();
    assertThat(Files.readString(streams.resolve("order.camel.yaml")))
        .startsWith(
            "# yaml-language-server: $schema=stream.schema.json\n# Made by stepsync discover.");
    assertThat(streams.resolve("stream.schema.json")).content().contains("\"stepSize\"");
    try (Stream<Path> files = Files.list(streams)) {
      assertThat(files).hasSize(2);
    }
    assertThat(StepsyncProcess.run(directory, "sync").exitCode()).isZero();

    Result again = StepsyncProcess.run(directory, command);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.output())
        .contains(
            "--out must be a file that is not there yet, was routes/streams/order.camel.yaml");
  }
}
