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
import java.util.List;
import java.util.Map;
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
                "q=id:%5B{start}%20TO%20{end}%5D&size={limit}",
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
              "the API obeys none of the usual names for a range of IDs: start_id and end_id, from")
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
    options.step = 1000;
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
