package io.stepsync.cli.discover;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import io.stepsync.http.RecordsPlace;
import io.stepsync.http.ShownText;
import io.stepsync.jdbc.Dialect;
import io.stepsync.main.Database;
import io.stepsync.main.files.LoadFailure;
import io.stepsync.steps.TrialRun;
import io.stepsync.window.IdWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PropertyBindingSupport;

/** Makes a stream file of what an API's records look like. Not thread-safe. */
final class Discovery {

  private static final String SCHEDULE = "0 0/5 * * * ?";
  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

  private final CamelContext context;
  private final DiscoverOptions options;
  private final String name;
  private final SecretValues secrets;

  /**
   * @throws SettingException if the name is wrong, or the URL has a password
   */
  Discovery(CamelContext context, DiscoverOptions options) {
    this.context = context;
    this.options = options;
    this.name = options.name != null ? options.name : nameOf(options.url);
    if (!name.matches(NAME)) {
      throw new SettingException(
          "--name must be letters, digits, _ and -, a letter first, was " + name);
    }
    if (options.url.matches("\\w+://[^/?#]*@.*")) {
      throw new SettingException("URL must have no user in it; --header can show who asks");
    }
    this.secrets = new SecretValues(name);
  }

  /**
   * Returns the stream file, and tells on standard error what it is made of.
   *
   * @throws SettingException if an option is wrong
   * @throws IllegalStateException if the API's answer makes no stream
   */
  StreamFile streamFile() {
    StreamSettings asking = asking(options.records != null ? options.records : "");
    IdWindow window = new IdWindow(options.start, lastId());
    try (TrialRun trial = new TrialRun(context, asking)) {
      return file(asking, window, ask(trial, window));
    }
  }

  private long lastId() {
    return options.start + Math.min(options.step - 1, Long.MAX_VALUE - options.start);
  }

  private static Answer ask(TrialRun trial, IdWindow window) {
    try {
      return trial.answer(window);
    } catch (Exception e) {
      throw new IllegalStateException("window " + window + ": " + trial.reason(e), e);
    }
  }

  private StreamFile file(StreamSettings asking, IdWindow window, Answer answer) {
    String place = options.records != null ? options.records : place(answer, asking);
    List<Map<String, Object>> records = new ArrayList<>();
    if (answer.length() > 0) {
      RecordReader.records(answer, asking(place).request().format(), window)
          .forEachRemaining(records::add);
    }
    if (records.isEmpty()) {
      throw new IllegalStateException(
          "window %s has no record; name an ID that exists with --start".formatted(window));
    }
    IdField ids = new IdField(records, answerable(asking, window));
    String id = options.id != null ? ids.require(options.id) : ids.find();
    ColumnNames names = new ColumnNames(Database.knownDialect(context));
    Sample sample = Sample.of(id, records, names);
    tell(window, place, records.size(), sample);
    return file(place, sample);
  }

  /** Returns the IDs that an answer may have. */
  private static IdWindow answerable(StreamSettings asking, IdWindow window) {
    boolean openEnded = asking.request().template().isOpenEnded();
    return openEnded ? new IdWindow(window.firstId(), Long.MAX_VALUE) : window;
  }

  private static String place(Answer answer, StreamSettings asking) {
    if (answer.length() == 0 || asking.request().template().isSingle()) {
      return "";
    }
    return RecordsPlace.in(answer)
        .map(JsonPointer::toString)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the answer has no array of records; is this the API's URL?"));
  }

  private static void tell(IdWindow window, String place, int records, Sample sample) {
    say(
        "window %s has %d records %s; the ID is %s, of %d columns"
            .formatted(
                window,
                records,
                place.isEmpty() ? "in the answer itself" : "at " + place,
                sample.id(),
                sample.count()));
    sample
        .leftOut()
        .forEach(name -> say("the field " + name + " is left out: no column can have its name"));
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
  private StreamSettings asking(String records) {
    return checked(settings(options.url, options.headers, records, "id", "id: STRING"));
  }

  /** Returns the file of the stream, with the CREATE TABLE of its table. */
  private StreamFile file(String records, Sample sample) {
    String id = sample.id();
    StreamSettings stream =
        checked(settings(options.url, options.headers, records, id, sample.columns()));
    List<String> headers = options.headers.stream().map(secrets::header).toList();
    Map<String, String> written =
        settings(secrets.url(options.url), headers, records, id, sample.columns());
    secrets
        .variables()
        .forEach(v -> say("set the environment variable " + v + ", a secret is not printed"));
    return new StreamFile(name, written, SCHEDULE, comment(stream));
  }

  private Map<String, String> settings(
      String url, List<String> headers, String records, String id, String columns) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("url", url);
    put(settings, "startParam", options.startParam, null);
    put(settings, "endParam", options.endParam, null);
    put(settings, "headers", String.join("\n", headers), "");
    put(settings, "records", records, "/data");
    put(settings, "id", pointer(id), "id");
    put(settings, "initialId", Long.toString(options.start), "1");
    put(settings, "stepSize", Long.toString(options.step), "1000");
    settings.put("table", table());
    settings.put("primaryKey", id);
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

  private static void put(
      Map<String, String> settings, String name, String value, String otherwise) {
    if (value != null && !value.equals(otherwise)) {
      settings.put(name, value);
    }
  }

  /** A name with a slash would be taken for a path. */
  private static String pointer(String field) {
    return field.matches(".*[/~].*") ? JsonPointer.empty().appendProperty(field).toString() : field;
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
    lines.add("Made by stepsync discover. Its table, which a run creates where it is missing:");
    try {
      String sql = Database.dialect(context).createTable(stream.table());
      sql.replace(", ", ",\n  ").lines().forEach(lines::add);
    } catch (IllegalArgumentException e) {
      say("there is no CREATE TABLE, " + e.getMessage());
      lines.set(0, "Made by stepsync discover.");
    }
    return lines;
  }

  private static void say(String text) {
    System.err.println("stepsync: " + ShownText.harmless(text));
  }
}
