package io.stepsync.ops;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.camel.Failures;
import io.stepsync.camel.TrialRun;
import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import io.stepsync.http.RecordsPlace;
import io.stepsync.sync.IdWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Finds out what an API's records look like. Not thread-safe. */
final class Discovery {

  private final CamelContext context;
  private final DiscoverOptions options;
  private final DiscoveredStream stream;

  Discovery(CamelContext context, DiscoverOptions options) {
    this.context = context;
    this.options = options;
    this.stream = new DiscoveredStream(context, options);
  }

  /**
   * Returns the stream file, and tells on standard error what it is made of.
   *
   * @throws SettingException if an option is wrong
   * @throws IllegalStateException if the API's answer makes no stream
   */
  StreamFile streamFile() {
    StreamSettings asking = stream.asking(options.records != null ? options.records : "");
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
      RecordReader.records(answer, stream.asking(place).request().format(), window)
          .forEachRemaining(records::add);
    }
    if (records.isEmpty()) {
      throw new IllegalStateException(
          "window %s has no record; name an ID that exists with --start".formatted(window));
    }
    IdField ids = new IdField(records, answerable(asking, window));
    String id = options.id != null ? ids.require(options.id) : ids.find();
    Sample sample = Sample.of(id, records);
    tell(window, place, records.size(), sample);
    return stream.file(place, sample);
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

  static void say(String text) {
    System.err.println("stepsync: " + Failures.harmless(text));
  }
}
