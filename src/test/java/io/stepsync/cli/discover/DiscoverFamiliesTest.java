package io.stepsync.cli.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.main.Standalone;
import io.stepsync.routes.ScriptedApi;
import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.routes.ScriptedApi.Request;
import io.stepsync.routes.Workspace;
import io.stepsync.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the usual kinds of API no more than the URL is known, and each record is copied. */
class DiscoverFamiliesTest {

  private static final long LAST = 60;

  @TempDir Path directory;

  /** An API of 60 records, and how the stream that is found asks it. */
  private record Family(
      String name, String path, Function<Request, Reply> answer, Map<String, String> settings) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static LongStream ids(Request request, String first, String last) {
    return LongStream.rangeClosed(1, LAST)
        .filter(id -> id >= bound(request, first, 0) && id <= bound(request, last, LAST));
  }

  private static long bound(Request request, String parameter, long otherwise) {
    String text = request.query().get(parameter);
    return text == null ? otherwise : Long.parseLong(text);
  }

  private static String array(LongStream ids, LongFunction<String> record) {
    return ids.mapToObj(record).collect(Collectors.joining(",", "[", "]"));
  }

  private static String record(long id) {
    return ScriptedApi.record(id);
  }

  private static LongStream matched(String text, String pattern) {
    Matcher range = Pattern.compile(pattern).matcher(text);
    return range.matches()
        ? LongStream.rangeClosed(
            Math.max(1, Long.parseLong(range.group(1))),
            Math.min(LAST, Long.parseLong(range.group(2))))
        : LongStream.empty();
  }

  private static Stream<Family> families() {
    return Stream.of(
        new Family(
            "json-server, to which a name that it does not know is a field",
            "/item",
            request ->
                Reply.json(
                    Stream.of("start_id", "from", "from_id", "min_id")
                            .anyMatch(request.query()::containsKey)
                        ? "[]"
                        : array(ids(request, "id_gte", "id_lte"), DiscoverFamiliesTest::record)),
            Map.of("startParam", "id_gte", "endParam", "id_lte", "records", "")),
        new Family(
            "Django REST framework, in pages",
            "/api/item/?format=json",
            request ->
                Reply.json(
                    "{\"count\":60,\"next\":\"http://x/?page=2\",\"previous\":null,\"results\":%s}"
                        .formatted(
                            array(
                                ids(request, "id__gte", "id__lte").limit(25),
                                DiscoverFamiliesTest::record))),
            Map.of("startParam", "id__gte", "endParam", "id__lte", "records", "/results")),
        new Family(
            "OData",
            "/odata/item",
            request -> {
              String filter = request.query().get("$filter");
              return Reply.json(
                  "{\"@odata.context\":\"$metadata#Item\",\"value\":%s}"
                      .formatted(
                          array(
                              filter == null
                                  ? LongStream.rangeClosed(1, LAST)
                                  : matched(filter, "ID ge (\\d+) and ID le (\\d+)"),
                              id -> "{\"ID\":%d,\"name\":\"n%1$d\"}".formatted(id))));
            },
            Map.of(
                "query",
                "$filter=ID%20ge%20{start}%20and%20ID%20le%20{end}&$orderby=ID",
                "id",
                "ID",
                "records",
                "/value")),
        new Family(
            "a search engine, with the record in a wrapper",
            "/item/_search",
            request -> {
              String q = request.query().get("q");
              LongStream found =
                  q == null
                      ? LongStream.rangeClosed(1, LAST)
                      : matched(q, "id:\\[(\\d+) TO (\\d+)\\]");
              return Reply.json(
                  "{\"took\":1,\"hits\":{\"total\":{\"value\":60},\"hits\":%s}}"
                      .formatted(
                          array(
                              found.limit(bound(request, "size", 10)),
                              id ->
                                  "{\"_index\":\"item\",\"_id\":\"x%d\",\"_source\":%s}"
                                      .formatted(id, record(id)))));
            },
            Map.of(
                "query",
                "q=id:%5B{start}%20TO%20{end}%5D&size=10000",
                "responseLimit",
                "10000",
                "id",
                "/_source/id",
                "columns",
                "id: LONG = /_source/id\nname: STRING = /_source/name\n_index: STRING\n_id: STRING")),
        new Family(
            "PostgREST",
            "/item",
            request ->
                !request.query().containsKey("id") && !request.query().isEmpty()
                    ? new Reply(400, Map.of(), "{\"message\":\"column does not exist\"}")
                    : Reply.json(
                        array(
                            request.query().isEmpty()
                                ? LongStream.rangeClosed(1, LAST)
                                : matched(request.query().get("id"), "gte\\.(\\d+),lte\\.(\\d+)"),
                            DiscoverFamiliesTest::record)),
            Map.of("query", "id=gte.{start}&id=lte.{end}")),
        new Family(
            "an API that wants its range",
            "/item",
            request ->
                request.query().keySet().containsAll(List.of("min_id", "max_id"))
                    ? Reply.json(
                        "{\"data\":"
                            + array(ids(request, "min_id", "max_id"), DiscoverFamiliesTest::record)
                            + "}")
                    : new Reply(422, Map.of(), "{\"detail\":\"min_id is missing\"}"),
            Map.of("startParam", "min_id", "endParam", "max_id")),
        new Family(
            "an API that leaves out the last ID",
            "/item",
            request ->
                Reply.json(
                    "{\"data\":"
                        + array(
                            ids(request, "from", "to")
                                .filter(id -> id != bound(request, "to", LAST + 1)),
                            DiscoverFamiliesTest::record)
                        + "}"),
            Map.of("startParam", "from", "endParam", "to", "endInclusive", "false")),
        new Family(
            "an API with names of its own for the bounds",
            "/item",
            request ->
                Set.of("startId", "endId").containsAll(request.query().keySet())
                    ? Reply.json(
                        array(ids(request, "startId", "endId"), DiscoverFamiliesTest::record))
                    : new Reply(400, Map.of(), "{\"message\":\"unknown parameter\"}"),
            Map.of("startParam", "startId", "endParam", "endId")),
        new Family(
            "JSON:API, with a filter",
            "/item",
            request ->
                Reply.json(
                    "{\"links\":[{\"rel\":\"self\",\"href\":\"x\"}],\"included\":[{\"id\":7},{\"id\":8}],"
                        + "\"list\":%s}"
                            .formatted(
                                array(
                                    ids(request, "filter[id][gte]", "filter[id][lte]"),
                                    DiscoverFamiliesTest::record))),
            Map.of(
                "startParam", "filter[id][gte]",
                "endParam", "filter[id][lte]",
                "records", "/list")),
        new Family(
            "OData that leaves its metadata out",
            "/odata/item",
            request -> {
              String filter = request.query().get("$filter");
              return Reply.json(
                  "{\"value\":%s}"
                      .formatted(
                          array(
                              filter == null
                                  ? LongStream.rangeClosed(1, LAST)
                                  : matched(filter, "Id ge (\\d+) and Id le (\\d+)"),
                              id -> "{\"Id\":%d,\"name\":\"n%1$d\"}".formatted(id))));
            },
            Map.of("records", "/value", "id", "Id")),
        new Family(
            "an API without an upper bound, with another name of the limit",
            "/item",
            request ->
                Reply.json(
                    array(
                        LongStream.rangeClosed(bound(request, "since_id", 0) + 1, LAST)
                            .limit(bound(request, "per_page", 30)),
                        DiscoverFamiliesTest::record)),
            Map.of("startParam", "since_id", "limitParam", "per_page", "startInclusive", "false")),
        new Family(
            "an API that takes the first ID alone",
            "/item",
            request ->
                Reply.json(
                    array(ids(request, "min_id", "-").limit(25), DiscoverFamiliesTest::record)),
            Map.of("startParam", "min_id", "endParam", "")),
        new Family(
            "an API with a record a line",
            "/item",
            request ->
                Reply.json(
                    ids(request, "from", "to")
                        .mapToObj(DiscoverFamiliesTest::record)
                        .collect(Collectors.joining("\r\n"))),
            Map.of("startParam", "from", "endParam", "to", "format", "ndjson")),
        new Family(
            "an API without an upper bound",
            "/item",
            request ->
                Reply.json(
                    array(
                        LongStream.rangeClosed(bound(request, "since_id", 0) + 1, LAST)
                            .limit(bound(request, "limit", 30)),
                        DiscoverFamiliesTest::record)),
            Map.of(
                "startParam", "since_id",
                "limitParam", "limit",
                "endParam", "",
                "startInclusive", "false")));
  }

  @ParameterizedTest
  @MethodSource("families")
  void the_range_is_found_and_each_record_is_copied(Family family) throws Exception {
    try (ScriptedApi api = new ScriptedApi(family.answer::apply)) {
      DiscoverOptions options = options(api.url(family.path));

      StreamFile file = discover(options);

      assertThat(file.settings()).containsAllEntriesOf(family.settings);
      assertThat(file.comment()).anyMatch(line -> line.startsWith("Guessed: the range, "));
      copyAll(file);
    }
  }

  @Test
  void graphql_is_asked_by_a_body() throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request ->
                Reply.json(
                    "{\"data\":{\"items\":%s}}"
                        .formatted(
                            array(
                                matched(request.body(), "(?s).*from: (\\d+), to: (\\d+).*"),
                                DiscoverFamiliesTest::record))))) {
      DiscoverOptions options = options(api.url("/graphql"));

      assertThatThrownBy(() -> discover(options))
          .hasMessageStartingWith("--body must be a query where the URL is that of GraphQL");

      options.body =
          "{\"query\":\"{items(from: {start}, to: {end}){id name}}\",\"variables\":{\"a\":{}}}";
      StreamFile file = discover(options);

      assertThat(file.settings())
          .containsEntry("method", "POST")
          .containsEntry("records", "/data/items");
      copyAll(file);
    }
  }

  @Test
  void a_range_that_is_not_obeyed_makes_no_stream() throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request ->
                Reply.json(
                    "{\"page\":1,\"data\":"
                        + array(LongStream.rangeClosed(1, 9), DiscoverFamiliesTest::record)
                        + "}"))) {
      DiscoverOptions options = options(api.url("/item"));

      assertThatThrownBy(() -> discover(options))
          .hasMessageStartingWith(
              "the API obeys none of the 37 usual ranges of IDs, such as start_id and end_id, from")
          .hasMessageContaining("it counts its records in pages");

      options.startParam = "low";
      options.endParam = "high";
      assertThatThrownBy(() -> discover(options))
          .hasMessage(
              "the API does not obey the range: of window 4..6 it has 3 of 4..6, and told 9 of 1..9;"
                  + " see --start-param, --end-param and the placeholders {start} and {end}");

      options.startParam = "offset";
      assertThatThrownBy(() -> discover(options))
          .hasMessageStartingWith("--start-param and --end-param must take IDs, was offset, which");
    }
  }

  @Test
  void of_an_api_that_has_one_record_a_request_it_is_found_how_a_gap_is_told() throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request -> {
              long id = Long.parseLong(request.path().replaceAll("\\D+", ""));
              return id > LAST + 1 || id == 7
                  ? new Reply(404, Map.of(), "{\"message\":\"there is none\"}")
                  : Reply.json("{\"item\":" + record(id) + "}");
            })) {
      DiscoverOptions options = options(api.url("/item/{start}.json"));
      options.step = null;

      StreamFile file = discover(options);

      assertThat(file.settings())
          .containsEntry("records", "/item")
          .containsEntry("emptyStatus", "204,404")
          .containsEntry("stepSize", "1");
      Map<String, String> ended = new LinkedHashMap<>(file.settings());
      ended.put("maxId", "" + (LAST + 1));
      copyAll(new StreamFile("item", ended, file.schedule(), List.of(), false));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"offset", "skip", "page"})
  void what_counts_records_is_named_and_makes_no_stream(String name) throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request -> {
              long count = bound(request, name, name.equals("page") ? 1 : 0);
              long passed = name.equals("page") ? 20 * (count - 1) : count;
              return Reply.json(
                  array(
                      LongStream.rangeClosed(1, LAST).skip(passed).limit(20),
                      DiscoverFamiliesTest::record));
            })) {
      assertThatThrownBy(() -> discover(options(api.url("/item"))))
          .hasMessageContaining(
              "; it counts its records by "
                  + name
                  + ", which move with each record that is added or deleted, so they are not used");
    }
  }

  /** Else a run would look for them from 1 on, and find none. */
  @ParameterizedTest
  @ValueSource(longs = {0, 50_001, 1_400_000_000_000_000_000L})
  void a_stream_begins_at_the_lowest_id_that_there_is(long first) throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request ->
                Reply.json(
                    "{\"data\":"
                        + array(
                            LongStream.range(0, LAST)
                                .map(i -> first + i * (first > 1_000_000 ? 7_919_000_001L : 1))
                                .map(id -> 2 * first + lastOf(first) - id) // the newest first
                                .filter(id -> id >= bound(request, "start_id", 0))
                                .filter(id -> id <= bound(request, "end_id", Long.MAX_VALUE))
                                .limit(10),
                            id ->
                                "{\"id\":%d,\"size\":%d%s}"
                                    .formatted(id, id % 7, id > first + 9 ? ".5" : ""))
                        + "}"))) {
      StreamFile file = discover(options(api.url("/item")));

      assertThat(file.settings()).containsEntry("initialId", "" + first);
      assertThat(file.settings().get("columns")).isEqualTo("id: LONG\nsize: DOUBLE");
      copyAll(file);
    }
  }

  private static long lastOf(long first) {
    return (LAST - 1) * (first > 1_000_000 ? 7_919_000_001L : 1);
  }

  @Test
  void rows_without_names_are_told_to_be_that() throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request -> Reply.json("{\"columns\":[\"id\"],\"rows\":[[1,\"a\"],[2,\"b\"]]}"))) {
      assertThatThrownBy(() -> discover(options(api.url("/db/item.json"))))
          .hasMessageStartingWith(
              "/rows has an array of arrays, rows without the names of their fields");
    }
  }

  @Test
  void what_was_seen_is_written_down_and_types_come_from_higher_up_too() throws Exception {
    LongFunction<String> record =
        id ->
            "{\"id\":%d,\"born\":\"%s\",\"size\":%s,\"created\":1763168300}"
                .formatted(id, id < 5 ? "" : "2026-11-15", id < 26 ? "1" : "2.1100000000000003");
    try (ScriptedApi api =
        new ScriptedApi(
            request ->
                Reply.json(
                    "{\"data\":"
                        + array(ids(request, "start_id", "end_id").limit(25), record)
                        + "}"))) {
      DiscoverOptions options = options(api.url("/item"));
      options.required = true;

      StreamFile file = discover(options);

      assertThat(file.settings().get("columns"))
          .isEqualTo("id: LONG\nborn: NAIVE_DATE nulls(\"\")\nsize: DOUBLE!\ncreated: LONG!");
      assertThat(file.comment())
          .contains(
              "Seen: window 1..1000 has 25 records at /data.",
              "Seen: window 26..1025 has 25 records.",
              "Seen: the API cuts its answers at 25 records, which a run notices; responseLimit: 25"
                  + " spares it some requests.",
              "Guessed: the types, from 50 records.",
              "Guessed: created may be seconds since 1970: UTC_DATETIME(seconds).");
      copyAll(file);
    }
  }

  private static DiscoverOptions options(String url) {
    DiscoverOptions options = new DiscoverOptions();
    options.url = url;
    options.name = "item";
    options.start = 1;
    options.step = 1000L;
    return options;
  }

  private StreamFile discover(DiscoverOptions options) throws Exception {
    return Standalone.withoutStreams(directory)
        .withoutDatabase(context -> new Discovery(context, options).streamFile());
  }

  private void copyAll(StreamFile file) throws Exception {
    Workspace workspace = new Workspace(directory);
    Path stream = directory.resolve("routes/streams/item.camel.yaml");
    Files.writeString(stream, file.yaml());

    Run run = workspace.sync("item");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("" + LAST);
    assertThat(run.getCounters().deadLetters()).isZero();
  }
}
