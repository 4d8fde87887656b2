package io.stepsync.routes;

import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.routes.ScriptedApi.Request;
import io.stepsync.routes.ScriptedApi.Script;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A local copy of a public API's protocol: its paths, parameters, credentials, caps and gaps, with
 * a few records. What a test must know of the API to run its recipe is here too.
 */
final class RecipeApi implements Script {

  private static final String JSON = "application/json; charset=utf-8";

  private final String stream;
  private final String table;
  private final NavigableMap<Long, String> records = new ConcurrentSkipListMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> headers = new HashMap<>();
  private String base = "";
  private String key = "id";
  private String secret;
  private int refusal = 401;
  private RecordText text;
  private Protocol protocol;
  private long later;
  private String valueSql;
  private String value;

  /** Writes a record; a later revision differs from an earlier one. */
  private interface RecordText {
    String of(long id, int revision);
  }

  /** Answers a request whose credentials are right. */
  private interface Protocol {
    Reply answer(Request request);
  }

  private RecipeApi(String stream, String table) {
    this.stream = stream;
    this.table = table;
  }

  static Stream<RecipeApi> all() {
    return Stream.of(
        hackernews(),
        xkcd(),
        github(),
        shopify(),
        mastodon(),
        redmine(),
        gitlab(),
        openstreetmap(),
        tmdb(),
        discourse(),
        ct());
  }

  /** A bare number at maxitem.json; null for an item that is not there. */
  private static RecipeApi hackernews() {
    RecipeApi api = new RecipeApi("hackernews", "hackernews_item");
    api.base = "/v0";
    return api.with(
            (id, revision) ->
                """
                {"by":"norvig","descendants":%2$d,"id":%1$d,"kids":[%1$d1,%1$d2],"score":57,\
                "time":1314211127,"title":"Item %1$d","type":"story","url":"https://example.com"}"""
                    .formatted(id, revision))
        .answering(
            request ->
                request.path().equals("/v0/maxitem.json")
                    ? json(String.valueOf(api.records.lastKey()))
                    : api.one(request, "/v0/item/(\\d+)\\.json", json("null")))
        .having(LongStream.rangeClosed(1, 150).filter(id -> id % 7 != 0), 152)
        .holding("\"kids\"", 8, "[81,82]");
  }

  /** The latest at /info.0.json; comic 404 is not found. */
  private static RecipeApi xkcd() {
    RecipeApi api = new RecipeApi("xkcd", "xkcd_comic");
    api.key = "num";
    return api.with(
            (id, revision) ->
                """
                {"month":"7","num":%1$d,"link":"","year":"2009","news":"","safe_title":"Title",\
                "transcript":"","alt":"%2$d","img":"https://example.com/%1$d.png","title":"T",\
                "day":"24"}"""
                    .formatted(id, revision))
        .answering(
            request ->
                request.path().equals("/info.0.json")
                    ? json(api.records.lastEntry().getValue())
                    : api.one(
                        request,
                        "/(\\d+)/info\\.0\\.json",
                        new Reply(404, Map.of("Content-Type", "text/html"), "<h1>404</h1>")))
        .having(LongStream.rangeClosed(390, 410).filter(id -> id != 404), 411)
        .holding("\"year\"", 403, "2009");
  }

  /** 100 repositories behind {@code since}, whatever else is asked. */
  private static RecipeApi github() {
    RecipeApi api = new RecipeApi("github", "github_repository");
    return api.secret("token", "ghp_secret", "Authorization", "Bearer ghp_secret")
        .header("Accept", "application/vnd.github+json")
        .header("X-GitHub-Api-Version", "2022-11-28")
        .with(
            (id, revision) ->
                """
                {"id":%1$d,"node_id":"R_%1$d","name":"r%1$d","full_name":"mojombo/r%1$d",\
                "private":false,"owner":{"login":"mojombo","id":%2$d},"description":null,\
                "html_url":"https://github.com/mojombo/r%1$d","fork":false}"""
                    .formatted(id, revision))
        .answering(
            request ->
                request.path().equals("/repositories")
                    ? json(array(api.above(request.number("since"), 100)))
                    : Reply.status(404))
        .having(LongStream.rangeClosed(1, 250).map(id -> 26 * id), 26 * 251)
        .holding("\"owner\"", 26, "{\"login\":\"mojombo\",\"id\":0}");
  }

  /** At most 250 orders behind since_id, the lowest first; open ones unless all are asked for. */
  private static RecipeApi shopify() {
    RecipeApi api = new RecipeApi("shopify", "shopify_order");
    api.base = "/admin/api/2025-01";
    return api.secret("token", "shpat_secret", "X-Shopify-Access-Token", "shpat_secret")
        .with(
            (id, revision) ->
                """
                {"id":%1$d,"name":"#1001","email":"bob@example.com","currency":"USD",\
                "created_at":"2026-01-10T11:00:00-05:00","updated_at":"2026-01-10T1%2$d:00:00-05:00",\
                "closed_at":%3$s,"total_price":"598.94","financial_status":"paid","tags":"",\
                "customer":{"id":207119551},"line_items":[{"sku":"IPOD2008"}]}"""
                    .formatted(id, 1 + revision, id % 2 == 0 ? "\"2026-01-11T11:00:00Z\"" : "null"))
        .answering(
            request -> {
              long limit =
                  Math.min(250, Long.parseLong(request.query().getOrDefault("limit", "50")));
              boolean any = "any".equals(request.query().get("status"));
              return request.path().equals("/admin/api/2025-01/orders.json")
                  ? json(
                      "{\"orders\":"
                          + array(
                              api.above(request.number("since_id"), Long.MAX_VALUE).stream()
                                  .filter(order -> any || order.contains("\"closed_at\":null"))
                                  .limit(limit)
                                  .toList())
                          + "}")
                  : Reply.status(404);
            })
        .having(
            LongStream.rangeClosed(1, 600).map(id -> 450_789_000_000L + 1_000_003 * id),
            460_000_000_000L)
        .holding("\"total_price\"", 450_790_000_003L, "598.9400");
  }

  /** Texts as IDs, the newest first; min_id starts below, since_id above. */
  private static RecipeApi mastodon() {
    RecipeApi api = new RecipeApi("mastodon", "mastodon_status");
    return api.secret("token", "m4stodon", "Authorization", "Bearer m4stodon")
        .with(
            (id, revision) ->
                """
                {"id":"%1$d","created_at":"2026-02-01T10:00:00.123Z","edited_at":null,\
                "content":"<p>Hello</p>","language":"en","visibility":"public","sensitive":false,\
                "in_reply_to_id":null,"replies_count":%2$d,"account":{"acct":"ada"},\
                "media_attachments":[]}"""
                    .formatted(id, revision))
        .answering(
            request -> {
              long limit =
                  Math.min(40, Long.parseLong(request.query().getOrDefault("limit", "20")));
              boolean min = request.query().containsKey("min_id");
              List<String> all = api.above(request.number(min ? "min_id" : "since_id"), 1000);
              int first = min ? 0 : (int) Math.max(0, all.size() - limit);
              int last = min ? (int) Math.min(limit, all.size()) : all.size();
              return request.path().equals("/api/v1/timelines/public")
                      && "true".equals(request.query().get("local"))
                  ? json(
                      array(
                          all.subList(first, last).stream()
                              .sorted(Comparator.reverseOrder())
                              .toList()))
                  : Reply.status(404);
            })
        .having(LongStream.rangeClosed(1, 100).map(RecipeApi::snowflake), snowflake(101))
        .holding("\"account\"", snowflake(1), "{\"acct\":\"ada\"}");
  }

  /** Milliseconds of 2026, with 16 more bits. */
  private static long snowflake(long seconds) {
    return (1_767_225_600_000L + 1000 * seconds) << 16;
  }

  /** The filter {@code ><first|last} over issue_id; 25 issues unless more are asked for. */
  private static RecipeApi redmine() {
    RecipeApi api = new RecipeApi("redmine", "redmine_issue");
    Pattern between = Pattern.compile("><(\\d+)\\|(\\d+)");
    return api.secret("key", "r3dmine", "X-Redmine-API-Key", "r3dmine")
        .with(
            (id, revision) ->
                """
                {"id":%1$d,"project":{"id":1,"name":"Redmine"},"status":{"id":5,"name":"Closed"},\
                "subject":"Issue %1$d","start_date":"2026-03-01","due_date":null,"done_ratio":100,\
                "estimated_hours":1.5,"created_on":"2026-03-01T10:00:00Z",\
                "updated_on":"2026-03-0%2$dT10:00:00Z","closed_on":null}"""
                    .formatted(id, 1 + revision))
        .answering(
            request -> {
              Matcher ids = between.matcher(request.query().get("issue_id"));
              if (!request.path().equals("/issues.json") || !ids.matches()) {
                return Reply.status(404);
              }
              int limit = Integer.parseInt(request.query().getOrDefault("limit", "25"));
              Collection<String> found =
                  "*".equals(request.query().get("status_id"))
                      ? api.between(Long.parseLong(ids.group(1)), Long.parseLong(ids.group(2)))
                      : List.of();
              return json(
                  "{\"issues\":%s,\"total_count\":%d,\"offset\":0,\"limit\":%d}"
                      .formatted(
                          array(found.stream().limit(Math.min(100, limit)).toList()),
                          found.size(),
                          Math.min(100, limit)));
            })
        .having(
            LongStream.concat(
                LongStream.rangeClosed(1, 230).filter(id -> id % 9 != 0),
                LongStream.rangeClosed(1600, 1850)),
            1851)
        .holding("\"start_date\"", 1, "2026-03-01");
  }

  /** id_after and id_before are exclusive; 20 projects unless more are asked for, 100 at most. */
  private static RecipeApi gitlab() {
    RecipeApi api = new RecipeApi("gitlab", "gitlab_project");
    return api.secret("token", "glpat-secret", "PRIVATE-TOKEN", "glpat-secret")
        .with(
            (id, revision) ->
                """
                {"id":%1$d,"name":"p%1$d","path_with_namespace":"diaspora/p%1$d",\
                "description":null,"visibility":"public","archived":false,"star_count":%2$d,\
                "created_at":"2026-04-01T10:00:00.123Z","topics":["example"],\
                "namespace":{"id":2,"kind":"group"}}"""
                    .formatted(id, revision))
        .answering(
            request -> {
              int size = Integer.parseInt(request.query().getOrDefault("per_page", "20"));
              boolean lowestFirst =
                  "id".equals(request.query().get("order_by"))
                      && "asc".equals(request.query().get("sort"));
              return request.path().equals("/api/v4/projects")
                  ? json(
                      array(
                          api
                              .between(
                                  request.number("id_after") + 1, request.number("id_before") - 1)
                              .stream()
                              .sorted(
                                  Comparator.comparing(
                                      RecipeApi::id,
                                      lowestFirst
                                          ? Comparator.naturalOrder()
                                          : Comparator.reverseOrder()))
                              .limit(Math.min(100, size))
                              .toList()))
                  : Reply.status(404);
            })
        .having(
            LongStream.concat(
                LongStream.rangeClosed(1, 300),
                LongStream.rangeClosed(1, 60).map(id -> 700 + 40 * id)),
            3200)
        .holding("\"topics\"", 300, "[\"example\"]");
  }

  private static long id(String json) {
    return Long.parseLong(json.replaceAll("(?s)^\\{\"id\":(\\d+).*", "$1"));
  }

  /** An array of one; deleted relations are gone, others were never there. */
  private static RecipeApi openstreetmap() {
    RecipeApi api = new RecipeApi("openstreetmap", "openstreetmap_relation");
    return api.header("User-Agent", "stepsync (me@example.com)")
        .property("contact", "me@example.com")
        .property("first", "1")
        .property("maxGap", "20")
        .with(
            (id, revision) ->
                """
                {"type":"relation","id":%1$d,"timestamp":"2026-05-01T10:00:00Z","version":%2$d,\
                "changeset":7,"user":"steve","uid":1,\
                "members":[{"type":"way","ref":5,"role":"outer"}],"tags":{"type":"multipolygon"}}"""
                    .formatted(id, 1 + revision))
        .answering(
            request -> {
              boolean deleted =
                  api.pathId(request, "/api/0.6/relation/(\\d+)\\.json") < api.highest();
              Reply found =
                  api.one(
                      request,
                      "/api/0.6/relation/(\\d+)\\.json",
                      Reply.status(deleted ? 410 : 404));
              return found.status() == 200
                  ? json(
                      "{\"version\":\"0.6\",\"generator\":\"openstreetmap-cgimap\",\"elements\":["
                          + found.body()
                          + "]}")
                  : found;
            })
        .having(LongStream.rangeClosed(1, 60).filter(id -> id % 4 != 0), 63)
        .holding("\"tags\"", 1, "{\"type\":\"multipolygon\"}");
  }

  /** The latest movie at /3/movie/latest; a JSON body beside the status 404. */
  private static RecipeApi tmdb() {
    RecipeApi api = new RecipeApi("tmdb", "tmdb_movie");
    Reply none =
        new Reply(
            404,
            Map.of("Content-Type", JSON),
            """
            {"success":false,"status_code":34,"status_message":"The resource you requested could \
            not be found."}""");
    return api.secret("token", "tmdb.jwt", "Authorization", "Bearer tmdb.jwt")
        .with(
            (id, revision) ->
                """
                {"adult":false,"belongs_to_collection":null,"budget":63000000,\
                "genres":[{"id":18,"name":"Drama"}],"id":%1$d,"imdb_id":"tt0137523",\
                "original_language":"en","release_date":"","revenue":3000000000,"runtime":139,\
                "status":"Released","title":"Movie %1$d","video":false,"vote_average":8.4,\
                "popularity":61.416,"vote_count":%2$d}"""
                    .formatted(id, revision))
        .answering(
            request ->
                request.path().equals("/3/movie/latest")
                    ? json(api.records.lastEntry().getValue())
                    : api.one(request, "/3/movie/(\\d+)", none))
        .having(LongStream.rangeClosed(1, 60).filter(id -> id % 3 != 0), 62)
        .holding("\"revenue\"", 5, "3000000000");
  }

  /** Deleted topics are gone, others were never there; a wrong key is forbidden to read. */
  private static RecipeApi discourse() {
    RecipeApi api = new RecipeApi("discourse", "discourse_topic");
    api.refusal = 403;
    return api.secret("key", "d1scourse", "Api-Key", "d1scourse")
        .header("Api-Username", "system")
        .property("maxGap", "20")
        .with(
            (id, revision) ->
                """
                {"id":%1$d,"title":"Topic %1$d","slug":"topic-%1$d","archetype":"regular",\
                "category_id":1,"user_id":1,"created_at":"2026-06-01T10:00:00.123Z",\
                "deleted_at":null,"posts_count":1,"views":%2$d,"visible":true,"closed":false,\
                "archived":false,"post_stream":{"stream":[%1$d]}}"""
                    .formatted(id, revision))
        .answering(
            request ->
                api.one(
                    request,
                    "/t/(\\d+)\\.json",
                    new Reply(
                        api.pathId(request, "/t/(\\d+)\\.json") < api.highest() ? 410 : 404,
                        Map.of("Content-Type", JSON),
                        "{\"errors\":[\"not found\"],\"error_type\":\"not_found\"}")))
        .having(LongStream.rangeClosed(1, 60).filter(id -> id % 5 != 0), 63)
        .holding("\"post_stream\"", 7, "{\"stream\":[7]}");
  }

  /** Entries from start on, at most 100, in their order; no start that is not in the log. */
  private static RecipeApi ct() {
    RecipeApi api = new RecipeApi("ct", "ct_entry");
    api.key = "entry";
    return api.with(
            (id, revision) ->
                "{\"leaf_input\":\"%s\",\"extra_data\":\"\"}"
                    .formatted(
                        Base64.getEncoder()
                            .encodeToString(new byte[] {(byte) id, (byte) revision})))
        .answering(
            request -> {
              if (request.path().equals("/ct/v1/get-sth")) {
                return json("{\"tree_size\":%d,\"timestamp\":1}".formatted(api.records.size()));
              }
              long start = request.number("start");
              return start > api.highest()
                  ? new Reply(400, Map.of(), "need tree size")
                  : json(
                      "{\"entries\":%s}"
                          .formatted(
                              array(
                                  api.between(
                                      start, Math.min(request.number("end"), start + 99)))));
            })
        .having(LongStream.rangeClosed(0, 699), 700)
        .holding("lower(rawtohex(\"leaf_input\"))", 77, "4d00");
  }

  private RecipeApi secret(String property, String text, String header, String headerValue) {
    secret = property;
    return property(property, text).header(header, headerValue);
  }

  private RecipeApi property(String name, String text) {
    properties.put(stream + "." + name, text);
    return this;
  }

  private RecipeApi header(String name, String text) {
    headers.put(name.toLowerCase(Locale.ROOT), text);
    return this;
  }

  private RecipeApi with(RecordText recordText) {
    text = recordText;
    return this;
  }

  private RecipeApi answering(Protocol answers) {
    protocol = answers;
    return this;
  }

  private RecipeApi having(LongStream ids, long laterId) {
    ids.forEach(id -> records.put(id, text.of(id, 0)));
    later = laterId;
    return this;
  }

  private RecipeApi holding(String column, long id, String expected) {
    valueSql = "select %s from \"%s\" where \"%s\" = %d".formatted(column, table, key, id);
    value = expected;
    return this;
  }

  @Override
  public Reply answer(Request request) {
    return request.headers().entrySet().containsAll(headers.entrySet())
        ? protocol.answer(request)
        : Reply.status(refusal);
  }

  private Reply one(Request request, String path, Reply none) {
    String found = records.get(pathId(request, path));
    return found == null ? none : json(found);
  }

  /** Returns the number in the path; −1 for another path. */
  private long pathId(Request request, String path) {
    Matcher matcher = Pattern.compile(path).matcher(request.path());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private List<String> above(long id, long most) {
    return records.tailMap(id, false).values().stream().limit(most).toList();
  }

  private Collection<String> between(long firstId, long lastId) {
    return records.subMap(firstId, true, lastId, true).values();
  }

  private static String array(Collection<String> found) {
    return found.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private static Reply json(String body) {
    return new Reply(200, Map.of("Content-Type", JSON), body);
  }

  /** Adds the record that was not there at first. */
  void addLater() {
    records.put(later, text.of(later, 0));
  }

  void change(long id) {
    records.put(id, text.of(id, 1));
  }

  void remove(long id) {
    records.remove(id);
  }

  String stream() {
    return stream;
  }

  /** Returns the path that stands for the API's own URL. */
  String base() {
    return base;
  }

  /** Returns what the recipe takes from application.properties, but for its URL. */
  Map<String, String> properties() {
    return Map.copyOf(properties);
  }

  /** Returns the headers without which nothing is answered; their names are in lower case. */
  Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /** Returns the property that holds the secret; null for an API that is open to all. */
  String secret() {
    return secret == null ? null : stream + "." + secret;
  }

  long highest() {
    return records.lastKey();
  }

  /** Returns the ID in the middle. */
  long middle() {
    return List.copyOf(records.keySet()).get(records.size() / 2);
  }

  /** Returns what the table must hold: count, lowest and highest key. */
  String rows() {
    return records.size() + " " + records.firstKey() + " " + records.lastKey();
  }

  String rowsSql() {
    return "select count(*), min(\"%1$s\"), max(\"%1$s\") from \"%2$s\"".formatted(key, table);
  }

  /** Returns a query for one value of its own type. */
  String valueSql() {
    return valueSql;
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return stream;
  }
}
