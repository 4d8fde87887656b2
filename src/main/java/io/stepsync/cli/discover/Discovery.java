package io.stepsync.cli.discover;

import static java.util.stream.Collectors.joining;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.cli.discover.RangeProof.Verdict;
import io.stepsync.http.Answer;
import io.stepsync.http.AnswerException;
import io.stepsync.http.ApiFamily;
import io.stepsync.http.RecordId;
import io.stepsync.http.RequestTemplate;
import io.stepsync.http.ShownText;
import io.stepsync.jdbc.Dialect;
import io.stepsync.json.JsonPlace;
import io.stepsync.main.Database;
import io.stepsync.main.files.LoadFailure;
import io.stepsync.window.IdWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.ObjectHelper;

/** Makes a stream file of what an API's records look like. Not thread-safe. */
final class Discovery {

  private static final String SCHEDULE = "0 0/5 * * * ?";
  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";
  private static final IdWindow ALL = new IdWindow(0, Long.MAX_VALUE);

  private final CamelContext context;
  private final DiscoverOptions options;
  private final String name;
  private final SecretValues secrets;
  private final List<String> seen = new ArrayList<>();
  private final List<String> guessed = new ArrayList<>();
  private final List<Map<String, Object>> withoutRange = new ArrayList<>();
  private RangeNames range;
  private String more;
  private long initialId;
  private String emptyStatus;
  private boolean proved;
  private boolean probing;
  private ApiSamples api;

  /**
   * @throws SettingException if an option is wrong, or the URL has a password
   */
  Discovery(CamelContext context, DiscoverOptions options) {
    this.context = context;
    this.options = options;
    this.initialId = options.start;
    this.name = options.name != null ? options.name : nameOf(options.url);
    if (!name.matches(NAME)) {
      throw new SettingException(
          "--name must be letters, digits, _ and -, a letter first, was " + name);
    }
    if (options.url.matches("\\w+://[^/?#]*@.*")) {
      throw new SettingException("URL must have no user in it; --header can show who asks");
    }
    if (options.url.matches("(?i).*/graphql/?([?#].*)?") && options.body == null) {
      throw new SettingException(
          "--body must be a query where the URL is that of GraphQL, such as --body"
              + " '{\"query\": \"{ orders(from: {start}, to: {end}) { id name } }\"}'");
    }
    for (String parameter : new String[] {options.startParam, options.endParam}) {
      if (RangeNames.isCounting(parameter)) {
        throw new SettingException(
            "--start-param and --end-param must take IDs, was "
                + parameter
                + ", which counts records: one that is added or deleted meanwhile moves all others");
      }
    }
    this.secrets = new SecretValues(name);
    this.range = RangeNames.said(options);
    this.api = samples();
  }

  private ApiSamples samples() {
    return api == null
        ? new ApiSamples(context, this::asking, options.records, false)
        : new ApiSamples(context, this::asking, api.place(), api.lines());
  }

  /**
   * Returns the stream file, and tells on standard error what it is made of.
   *
   * @throws SettingException if an option is wrong
   * @throws IllegalStateException if the API's answer makes no stream
   */
  StreamFile streamFile() {
    api.settings(); // wrong ones are told before anything is asked
    SortedSet<Long> known = new TreeSet<>();
    if (!options.tellRange()) {
      probing = true;
      known = findRange();
      probing = false;
    }
    if (!known.isEmpty() && known.first() < initialId) {
      initialId = known.first();
    }
    IdWindow window = new IdWindow(initialId, lastId(initialId));
    List<Map<String, Object>> records = api.records(window);
    if (records.isEmpty() && !known.isEmpty()) {
      seen.add("window %s has no record".formatted(window));
      initialId = lowest(known.first());
      window = new IdWindow(initialId, lastId(initialId));
      records = api.records(window);
    } else if (initialId == 1 && !records.isEmpty() && hasZero()) {
      initialId = 0;
    }
    if (records.isEmpty()) {
      throw new IllegalStateException(
          "window %s has no record; name an ID that exists with --start".formatted(window));
    }
    JsonPlace id = id(records, answerable(window));
    seen.add(
        "window %s has %d records %s"
            .formatted(
                window,
                records.size(),
                api.lines()
                    ? "a line each"
                    : api.place().isEmpty() ? "in the answer itself" : "at " + api.place()));
    List<Map<String, Object>> all = new ArrayList<>(records);
    if (initialId != options.start) {
      guessed.add("initialId %d, the lowest ID that was found".formatted(initialId));
    }
    withoutRange.stream().filter(record -> !all.contains(record)).forEach(all::add);
    if (api.settings().request().template().isSingle()) {
      askForNone();
    } else {
      prove(id, records);
      all.addAll(higherUp(id, window, records));
    }
    Sample sample = Sample.of(id, all, options.required, Database.knownDialect(context));
    tell(sample, all.size());
    return file(sample);
  }

  private long lastId(long first) {
    return first + Math.min(options.step() - 1, Long.MAX_VALUE - first);
  }

  private JsonPlace id(List<Map<String, Object>> records, IdWindow window) {
    IdField ids = new IdField(records, window);
    return options.id != null ? ids.require(IdField.named(options.id)) : ids.find();
  }

  /** Tells whether there is an ID below the first that is usual. */
  private boolean hasZero() {
    RequestTemplate template = api.settings().request().template();
    try {
      return !template.isOpenEnded()
          && !template.isSingle()
          && template.startInclusive()
          && isZero(api.records(new IdWindow(0, 0)));
    } catch (IllegalStateException | AnswerException e) {
      return false;
    }
  }

  private boolean isZero(List<Map<String, Object>> records) {
    return records.size() == 1 && ids(id(records, ALL), records).first() == 0;
  }

  /**
   * Returns the lowest ID, as far as the API tells it: an empty answer halves the IDs below one
   * that is known. Of an API that refuses wide windows it is the lowest that was told.
   */
  private long lowest(long known) {
    long first = options.start;
    long lowest = known;
    while (first < lowest && !api.settings().request().template().isOpenEnded()) {
      IdWindow below = new IdWindow(first, first + (lowest - 1 - first) / 2);
      try {
        List<Map<String, Object>> records = api.records(below);
        if (records.isEmpty()) {
          first = below.lastId() + 1;
        } else {
          lowest = Math.min(lowest, ids(id(records, below), records).first());
        }
      } catch (IllegalStateException e) {
        return lowest;
      }
    }
    return lowest;
  }

  /** Returns the IDs that an answer may have. */
  private IdWindow answerable(IdWindow window) {
    boolean openEnded = api.settings().request().template().isOpenEnded();
    return openEnded ? new IdWindow(window.firstId(), Long.MAX_VALUE) : window;
  }

  private static SortedSet<Long> ids(JsonPlace id, List<Map<String, Object>> records) {
    RecordId recordId = new RecordId(id.pointer());
    SortedSet<Long> ids = new TreeSet<>();
    records.forEach(record -> ids.add(recordId.in(record, ALL)));
    return ids;
  }

  /**
   * Finds by which of the usual names the API is asked for a range, and returns the IDs that it
   * told meanwhile. What an API does with a name that it does not know differs: some pass it over,
   * some refuse, some find nothing. So it is asked without a range first.
   */
  private SortedSet<Long> findRange() {
    Optional<Answer> answer = answerWithoutRange();
    ApiFamily family = answer.map(ApiFamily::of).orElse(ApiFamily.OTHER);
    List<Map<String, Object>> records =
        answer.map(some -> api.records(some, ALL)).orElse(List.of());
    if (records.isEmpty()) {
      return findRangeBlindly();
    }
    JsonPlace id = id(records, ALL);
    SortedSet<Long> known = ids(id, records);
    withoutRange.addAll(records);
    seen.add("without a range there are %d records".formatted(records.size()));
    for (RangeNames names : RangeNames.usual(IdField.name(id), family)) {
      if (isObeyed(names, id, known)) {
        return known;
      }
    }
    throw new IllegalStateException(noRange(id, records, family));
  }

  private String noRange(JsonPlace id, List<Map<String, Object>> records, ApiFamily family) {
    List<RangeNames> usual = RangeNames.usual(IdField.name(id), family);
    String names = usual.stream().limit(3).map(RangeNames::told).collect(joining(", "));
    String counted =
        counting(id, records)
            .map("; it counts its records by %s"::formatted)
            .orElse(family == ApiFamily.PAGED ? "; it counts its records in pages" : "");
    return "the API obeys none of the %d usual ranges of IDs, such as %s"
            .formatted(usual.size(), names)
        + (counted.isEmpty()
            ? ""
            : counted
                + ", which move with each record that is added or deleted, so they are not used")
        + new IdField(records, ALL)
            .text()
            .map(place -> "; its own IDs, " + place + ", are no whole numbers, which IDs must be")
            .orElse("")
        + "; name its own with --start-param and --end-param, or --query with {start} and {end}";
  }

  /** Returns the parameter by which the API begins at another record, if it has one. */
  private Optional<String> counting(JsonPlace id, List<Map<String, Object>> records) {
    if (records.size() < 2) {
      return Optional.empty();
    }
    Object second = id.in(records.get(1));
    for (String name : RangeNames.OFFSETS) {
      if (second.equals(firstOf(id, name + "=1"))) {
        return Optional.of(name);
      }
    }
    List<Object> known = records.stream().map(id::in).toList();
    for (String name : RangeNames.PAGES) {
      Object first = firstOf(id, name + "=2");
      if (first != null && !known.contains(first)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Returns the ID of the first record of an answer; null if there is none. */
  private Object firstOf(JsonPlace id, String query) {
    more = query;
    try {
      return api.records(api.answerWithoutRange(), ALL).stream()
          .findFirst()
          .map(id::in)
          .orElse(null);
    } catch (Exception e) {
      return null; // it knows no such parameter
    } finally {
      more = null;
    }
  }

  /** Of an API that wants a range the first names by which it has records are taken. */
  private SortedSet<Long> findRangeBlindly() {
    IdWindow window = new IdWindow(options.start, lastId(options.start));
    IllegalStateException first = null;
    boolean answered = false;
    for (RangeNames names : RangeNames.usual("id", ApiFamily.OTHER)) {
      take(names);
      try {
        List<Map<String, Object>> records = api.records(window);
        answered = true;
        if (!records.isEmpty()) {
          JsonPlace id = id(records, answerable(window));
          SortedSet<Long> known = ids(id, records);
          if (isObeyed(names, id, known)) {
            return known;
          }
        }
      } catch (IllegalStateException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null && !answered) {
      throw first;
    }
    take(RangeNames.said(options));
    return new TreeSet<>();
  }

  private void take(RangeNames names) {
    range = names;
    api = samples();
  }

  private Optional<Answer> answerWithoutRange() {
    try {
      return Optional.of(api.answerWithoutRange());
    } catch (Exception e) {
      AnswerException answer = ObjectHelper.getException(AnswerException.class, e);
      if (answer != null && answer.trouble().isPresent()) {
        return Optional.empty(); // it may want a range
      }
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private boolean isObeyed(RangeNames names, JsonPlace id, SortedSet<Long> known) {
    Optional<RangeNames> obeyed;
    RangeProof proof = proof(names, known);
    try {
      obeyed = obeyed(names, id, proof);
      if (obeyed.isEmpty()) {
        return false;
      }
      take(obeyed.get());
      if (known.size() == 1 && !isLeftOut(id, known.first())) {
        return false;
      }
    } catch (IllegalStateException | AnswerException e) {
      return false;
    }
    seen.add(
        "window %s has the %d known IDs of it, and none from outside"
            .formatted(proof.window(), proof.expected().size()));
    guessed.add("the range, %s, which the API obeys".formatted(obeyed.get().told()));
    proved = true;
    return true;
  }

  private RangeProof proof(RangeNames names, SortedSet<Long> known) {
    take(names);
    return RangeProof.within(known, api.settings().request().template().isOpenEnded());
  }

  /** Returns {@code names} as the API obeys them, if it does: with its bounds and its limit. */
  private Optional<RangeNames> obeyed(RangeNames names, JsonPlace id, RangeProof proof) {
    SortedSet<Long> told = told(names, id, proof);
    boolean withoutFirst = !told.contains(proof.window().firstId());
    return switch (proof.of(told)) {
      case OBEYED -> Optional.of(names);
      case WITHOUT_FIRST -> Optional.of(names.without(true, false));
      case WITHOUT_LAST -> Optional.of(names.without(false, true));
      case WITHOUT_BOTH -> Optional.of(names.without(true, true));
      case UNLIMITED ->
          names.withOtherLimits().stream()
              .map(other -> other.without(withoutFirst, false))
              .filter(other -> isOfBounds(other, id, proof))
              .findFirst()
              .or(() -> Optional.of(names.without(withoutFirst, false)));
      case NOTHING ->
          List.of(names.without(false, true), names.without(true, false), names.without(true, true))
              .stream()
              .filter(other -> isOfBounds(other, id, proof))
              .findFirst();
      case IGNORED -> Optional.empty();
    };
  }

  private SortedSet<Long> told(RangeNames names, JsonPlace id, RangeProof proof) {
    take(names);
    return ids(id, api.records(proof.window()));
  }

  private boolean isOfBounds(RangeNames names, JsonPlace id, RangeProof proof) {
    try {
      return proof.of(told(names, id, proof)) == Verdict.OBEYED;
    } catch (IllegalStateException | AnswerException e) {
      return false;
    }
  }

  /** A window above the only ID that is known must not have it. */
  private boolean isLeftOut(JsonPlace id, long only) {
    return only == Long.MAX_VALUE
        || !ids(id, api.records(new IdWindow(only + 1, lastId(only + 1)))).contains(only);
  }

  /** Asks for a narrower window, if that was not done to find the names. */
  private void prove(JsonPlace id, List<Map<String, Object>> records) {
    if (proved) {
      return;
    }
    boolean openEnded = api.settings().request().template().isOpenEnded();
    RangeProof proof = RangeProof.within(ids(id, records), openEnded);
    SortedSet<Long> told = ids(id, api.records(proof.window()));
    if (proof.of(told) != Verdict.OBEYED) {
      throw new IllegalStateException(
          "the API does not obey the range: of window %s it has %s, and told %s; see --start-param,"
                  .formatted(proof.window(), shown(proof.expected()), shown(told))
              + " --end-param and the placeholders {start} and {end}");
    }
    seen.add(
        "window %s has the %d known IDs of it, and none from outside"
            .formatted(proof.window(), proof.expected().size()));
  }

  private static String shown(SortedSet<Long> ids) {
    return ids.isEmpty()
        ? "none"
        : ids.size() == 1
            ? "" + ids.first()
            : ids.size() + " of %d..%d".formatted(ids.first(), ids.last());
  }

  /** Asks for an ID that is hardly there: what the API says of a gap is no failure. */
  private void askForNone() {
    long none = Math.max(initialId, Integer.MAX_VALUE - 1L);
    try {
      api.records(new IdWindow(none, none));
    } catch (IllegalStateException e) {
      AnswerException answer = ObjectHelper.getException(AnswerException.class, e);
      if (answer != null && (answer.status() == 404 || answer.status() == 410)) {
        emptyStatus = "204," + answer.status();
        seen.add("of an ID that is not there it answers with status " + answer.status());
      }
    }
  }

  /** Asks above what is known: were there more in the first window, that was cut. */
  private List<Map<String, Object>> higherUp(
      JsonPlace id, IdWindow window, List<Map<String, Object>> records) {
    long highest = ids(id, records).last();
    if (highest == Long.MAX_VALUE) {
      return List.of();
    }
    IdWindow above = new IdWindow(highest + 1, lastId(highest + 1));
    try {
      List<Map<String, Object>> more = api.records(above);
      SortedSet<Long> ids = ids(id, more);
      seen.add("window %s has %d records".formatted(above, more.size()));
      if (!ids.isEmpty() && ids.first() <= window.lastId() && ids.first() > highest) {
        seen.add(
            "the API cuts its answers at %1$d records, which a run notices; responseLimit: %1$d"
                    .formatted(records.size())
                + " spares it some requests");
      }
      return more;
    } catch (IllegalStateException e) {
      seen.add(e.getMessage());
      return List.of();
    }
  }

  private void tell(Sample sample, int records) {
    seen.forEach(Discovery::say);
    say("the ID is %s, of %d columns".formatted(sample.id(), sample.count()));
    sample
        .leftOut()
        .forEach(field -> say("the field " + field + " is left out: no column can have its name"));
    guessed.add(0, options.id == null ? "the ID, " + sample.id() : "");
    guessed.add("the types, from %d records".formatted(records));
    guessed.addAll(sample.guesses());
    guessed.removeIf(String::isEmpty);
  }

  /** Returns the last part of the path that can be a name. */
  private static String nameOf(String url) {
    String found = "stream";
    for (String part : url.replaceAll("^\\w+://[^/]*|[?#].*", "").split("/", -1)) {
      String word = part.replaceAll("\\.\\w+$", "");
      found = word.matches(NAME) ? word : found;
    }
    return found.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns settings that ask for a window as the stream will, before its columns are known.
   *
   * @param records the place of the records, or anything while that is not known
   */
  private StreamSettings asking(String records, boolean lines) {
    Map<String, String> settings =
        settings(
            options.url,
            options.headers,
            records,
            lines,
            JsonPlace.ofField("id"),
            "id",
            "id: STRING");
    if (!options.tellRange()) {
      settings.put("headUrl", plainUrl());
    }
    if (probing) {
      settings.put("retries", "2"); // a name that the API does not take may fail each time
    }
    return checked(settings);
  }

  /** The URL without a range. */
  private String plainUrl() {
    String url = options.url;
    for (String query : Arrays.asList(options.query, more)) {
      url += query == null ? "" : (url.contains("?") ? "&" : "?") + query;
    }
    return url;
  }

  /** Returns the file of the stream, with the CREATE TABLE of its table. */
  private StreamFile file(Sample sample) {
    StreamSettings stream = checked(settings(options.url, options.headers, sample));
    List<String> headers = options.headers.stream().map(secrets::header).toList();
    Map<String, String> written = settings(secrets.url(options.url), headers, sample);
    secrets
        .variables()
        .forEach(v -> say("set the environment variable " + v + ", a secret is not printed"));
    return new StreamFile(name, written, SCHEDULE, comment(stream), options.plainRoute);
  }

  private Map<String, String> settings(String url, List<String> headers, Sample sample) {
    return settings(
        url, headers, api.place(), api.lines(), sample.id(), sample.idColumn(), sample.columns());
  }

  private Map<String, String> settings(
      String url,
      List<String> headers,
      String records,
      boolean lines,
      JsonPlace id,
      String key,
      String columns) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("url", url);
    put(settings, "method", options.method(), "GET");
    put(settings, "query", options.query, null);
    range.addTo(settings);
    put(settings, "headers", String.join("\n", headers), "");
    put(settings, "body", spaced(options.body), null);
    put(settings, "format", lines ? "ndjson" : null, null);
    put(settings, "records", records, lines ? "" : "/data");
    put(settings, "id", id.toString(), "id");
    put(settings, "emptyStatus", emptyStatus, null);
    put(settings, "initialId", Long.toString(initialId), "1");
    put(settings, "stepSize", Long.toString(options.step()), "1000");
    settings.put("table", table());
    settings.put("primaryKey", key);
    settings.put("columns", columns);
    return settings;
  }

  /** Returns the stream's name, as much of it as the database takes. */
  private String table() {
    Optional<Dialect> dialect = Database.knownDialect(context);
    String table = name;
    while (dialect.isPresent() && dialect.get().nameRule(table).isPresent()) {
      table = table.substring(0, table.length() - 1);
    }
    return table;
  }

  /**
   * Two braces in a row are a placeholder to Camel; JSON and GraphQL have blanks between as well.
   */
  private static String spaced(String body) {
    return body == null || body.matches("(?s).*\\{\\{[\\w:.-]+}}.*")
        ? body
        : body.replaceAll("\\{(?=\\{)", "{ ").replaceAll("}(?=})", "} ");
  }

  private static void put(
      Map<String, String> settings, String name, String value, String otherwise) {
    if (value != null && !value.equals(otherwise)) {
      settings.put(name, value);
    }
  }

  private StreamSettings checked(Map<String, String> settings) {
    Stream stream = new Stream();
    try {
      PropertyBindingSupport.bindProperties(context, stream, new LinkedHashMap<>(settings));
    } catch (RuntimeException e) {
      throw LoadFailure.of(e);
    }
    return stream.checked(name);
  }

  private List<String> comment(StreamSettings stream) {
    List<String> lines = new ArrayList<>();
    lines.add("Made by stepsync discover.");
    seen.forEach(line -> lines.add("Seen: " + ShownText.harmless(line) + "."));
    guessed.forEach(line -> lines.add("Guessed: " + ShownText.harmless(line) + "."));
    try {
      String sql = Database.dialect(context).createTable(stream.table());
      lines.add("Its table, which a run creates where it is missing:");
      sql.replace(", ", ",\n  ").lines().forEach(lines::add);
    } catch (IllegalArgumentException e) {
      say("there is no CREATE TABLE, " + e.getMessage());
    }
    return lines;
  }

  private static void say(String text) {
    System.err.println("stepsync: " + ShownText.harmless(text));
  }
}
