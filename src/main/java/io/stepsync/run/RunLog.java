package io.stepsync.run;

import io.stepsync.StreamSettings;
import io.stepsync.http.AnswerException;
import io.stepsync.http.ShownText;
import io.stepsync.json.RecordFields;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import io.stepsync.store.letters.Refusals;
import io.stepsync.window.AnswerSize;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.IdWindow;
import io.stepsync.window.WindowPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What a run says: a line at its start, one each ten seconds, one at its end. */
final class RunLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.stepsync.run");
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Duration LONG_WAIT = Duration.ofSeconds(5);

  private final String name;
  private final String stream;
  private final boolean dry;
  private final InstantSource clock;
  private final Instant started;
  private Instant lastLine;

  /** The line that tells of the start, while it waits for another; null for none. */
  private Runnable start;

  /**
   * @param shown the stream's name, with the lane's number where it has several
   */
  RunLog(String name, String shown, RunKind kind, InstantSource clock) {
    this.dry = kind.isDry();
    this.name = name;
    this.stream =
        switch (kind) {
          case REFRESH -> shown + " refresh";
          case DRY_REFRESH -> shown + " refresh dry run";
          case PART -> shown + " refresh of a part";
          case DRY_PART -> shown + " refresh of a part, dry run";
          case VERIFY -> shown + " verify";
          case DRY_RUN -> shown + " dry run";
          default -> shown;
        };
    this.clock = clock;
    this.started = clock.instant();
    this.lastLine = started;
  }

  /** A line, with its stream for those who read lines by machine. */
  private LoggingEventBuilder at(Level level) {
    tellStart();
    return unannounced(level);
  }

  private void tellStart() {
    if (start != null) {
      Runnable line = start;
      start = null;
      line.run();
    }
  }

  private LoggingEventBuilder unannounced(Level level) {
    return LOG.atLevel(level).addKeyValue("stream", name);
  }

  /**
   * @param waits whether that is told only once there is something else to tell
   */
  void started(long firstId, StreamSettings settings, boolean waits) {
    start =
        () ->
            unannounced(Level.INFO)
                .log(
                    "{}: run starts at ID {} in steps of {}, {} to {}",
                    stream,
                    firstId,
                    settings.scan().stepSize(),
                    settings.request().shownUrl(),
                    settings.shownTarget());
    if (!waits) {
      tellStart();
    }
  }

  /** Whether nothing but the start could have been told, and that waits. */
  boolean isSilent() {
    return start != null;
  }

  void progress(Counters counters) {
    Instant now = clock.instant();
    if (Duration.between(lastLine, now).compareTo(INTERVAL) >= 0) {
      lastLine = now;
      at(Level.INFO).log("{}: at ID {}, {}", stream, counters.lastId(), done(counters, now));
    }
  }

  /** A first run was caught up, and found no record. */
  void foundNothing(long firstId, long lastId) {
    at(Level.WARN)
        .log(
            "{}: no record from {} to {}: set initialId, headUrl or maxGap",
            stream,
            firstId,
            lastId);
  }

  void restarted(long head, long initialId) {
    at(Level.WARN)
        .log(
            "{}: the API's highest ID is {}, its IDs were reset; the run starts over at ID {}",
            stream,
            head,
            initialId);
  }

  void headFallen(long head, long highest) {
    at(Level.INFO)
        .log(
            "{}: the API's highest ID is {} and was {}, its records are those of the table: the"
                + " newest were deleted",
            stream,
            head,
            highest);
  }

  void cut(int lanes, int before) {
    if (lanes == 1) {
      at(Level.INFO).log("{}: {} lanes are joined into one", name, before);
    } else {
      at(Level.INFO).log("{}: cut into {} lanes, {} before", name, lanes, before);
    }
  }

  void lanesCut() {
    at(Level.INFO).log("{}: the stream's lanes were cut again, the run ends", stream);
  }

  void learned(WindowPlan before, WindowPlan after) {
    AnswerSize limit = after.answerLimit().limit();
    if (!before.answerLimit().isKnown() && after.answerLimit().isKnown()) {
      at(Level.INFO)
          .log(
              "{}: the API cuts its answers at {}, such windows are asked again in halves",
              stream,
              limit.records() > 0 ? limit.records() + " records" : limit.ids() + " IDs");
    }
    if (!before.isInSteps() && after.isInSteps()) {
      at(Level.WARN)
          .log(
              "{}: the API answers windows wider than a step without the records that are in them;"
                  + " the run goes on in steps",
              stream);
    }
  }

  void troubled(IdWindow window, AnswerException trouble) {
    if (trouble != null) {
      at(Level.WARN)
          .log(
              "{}: window {}: {}; {}",
              stream,
              window,
              ShownText.harmless(trouble.getMessage()),
              window.isSingle() ? "kept as a dead letter" : "asked again in narrower windows");
    }
  }

  /**
   * Tells of a wait that people would wonder about.
   *
   * @param reason as {@link Failures#message} gives it
   */
  void waiting(String reason, Duration wait) {
    if (wait.compareTo(LONG_WAIT) >= 0) {
      at(Level.INFO).log("{}: {}; asked again in {} s", stream, reason, wait.toSeconds());
    }
  }

  void faulty(IdWindow window, String fault) {
    at(Level.WARN).log("{}: window {}: {}; it is written again", stream, window, fault);
  }

  void faultyEnd(String fault) {
    at(Level.WARN).log("{}: the end of the run: {}; it is kept again", stream, fault);
  }

  void notKept(String what, String fault) {
    at(Level.WARN).log("{}: {} could not be kept, {}", stream, what, fault);
  }

  /** Tells how many rows a refresh found missing, and what it does about them. */
  void missing(String rows) {
    at(Level.INFO).log("{}: {}", stream, rows);
  }

  void duplicates(IdWindow window, long count) {
    if (count > 0) {
      at(Level.WARN)
          .log(
              "{}: window {} had {} records twice by their primary key, the later ones are kept",
              stream,
              window,
              count);
    }
  }

  /**
   * @param fields those of records that the table has no column for
   */
  void uncopied(Set<String> fields) {
    if (!fields.isEmpty()) {
      at(Level.INFO).log("{}: {}", stream, ShownText.harmless(RecordFields.told(fields)));
    }
  }

  void pausing(int failures, Instant notBefore) {
    at(Level.WARN)
        .log(
            "{}: {} runs failed in a row, the next is tried at {} or later",
            stream,
            failures,
            notBefore.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * @param error why it failed; null if it did not
   * @param stored the checkpoint that is stored; null if it could not be read
   */
  /** A run was caught up in which nothing changed: one line will do, or none. */
  void nothingChanged(Checkpoint stored, Counters counters, boolean isTold) {
    unannounced(isTold ? Level.INFO : Level.DEBUG)
        .log(
            "{}: caught up, nothing changed, checkpoint {}, {}",
            stream,
            stored.currentId(),
            done(counters, clock.instant()));
  }

  void ended(RunStatus status, String error, Checkpoint stored, Counters counters) {
    String done = done(counters, clock.instant());
    String checkpoint =
        stored == null ? "the checkpoint that is stored" : "checkpoint " + stored.currentId();
    switch (status) {
      case CAUGHT_UP -> at(Level.INFO).log("{}: caught up, {}, {}", stream, checkpoint, done);
      case PAUSED ->
          at(Level.INFO)
              .log("{}: stopped, the next run goes on at {}, {}", stream, checkpoint, done);
      default ->
          at(Level.ERROR)
              .log(
                  "{}: failed, {}; the next run goes on at {}; {}",
                  stream,
                  error == null ? "for no known reason" : error,
                  checkpoint,
                  done);
    }
  }

  /** A refresh was left where it stands, as a sync is due. */
  void gaveWay(Checkpoint next, Counters counters) {
    at(Level.INFO)
        .log(
            "{}: gives way to the sync that is due, and goes on at ID {} after it, {}",
            stream,
            next.currentId(),
            done(counters, clock.instant()));
  }

  /** Tells what was refused, a line a rule. */
  void refused(Refusals refusals, UnaryOperator<String> mask) {
    for (Refusals.Refusal each : refusals.all()) {
      at(Level.WARN)
          .log(
              "{}: {}, such as ID {}: {}",
              stream,
              each.count() == 1 ? "a dead letter" : each.count() + " dead letters",
              each.first().id(),
              ShownText.harmless(mask.apply(each.first().reason())));
    }
    if (refusals.others() > 0) {
      at(Level.WARN).log("{}: {} dead letters for other reasons", stream, refusals.others());
    }
  }

  private String done(Counters counters, Instant now) {
    return counters.told(Duration.between(started, now)) + (dry ? ", nothing was written" : "");
  }
}
