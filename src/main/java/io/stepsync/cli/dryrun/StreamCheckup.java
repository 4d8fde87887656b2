package io.stepsync.cli.dryrun;

import io.stepsync.StreamSettings;
import io.stepsync.http.AnswerException;
import io.stepsync.http.RequestTemplate;
import io.stepsync.jdbc.DeadLetter;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.json.RecordFields;
import io.stepsync.steps.TrialRun;
import io.stepsync.window.IdWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.util.ObjectHelper;

/** Goes through all that a run of a stream needs, and writes nothing. Not thread-safe. */
public final class StreamCheckup {

  private final StreamSettings stream;
  private final Optional<String> databaseProblem;
  private final TableCheck table;
  private final TrialRun trial;
  private final List<CheckItem> items = new ArrayList<>();
  private final Set<String> uncopied = new HashSet<>();

  /**
   * @param databaseProblem why the database cannot be opened; nothing where it is open
   */
  private StreamCheckup(
      CamelContext context,
      StreamSettings stream,
      Optional<String> databaseProblem,
      TrialRun trial) {
    this.stream = stream;
    this.databaseProblem = databaseProblem;
    this.table = new TableCheck(context, stream);
    this.trial = trial;
  }

  public static List<CheckItem> of(
      CamelContext context, StreamSettings stream, Optional<String> databaseProblem) {
    try (TrialRun trial = new TrialRun(context, stream)) {
      return new StreamCheckup(context, stream, databaseProblem, trial).items();
    }
  }

  private List<CheckItem> items() {
    String from = stream.request().shownUrl();
    items.add(CheckItem.ok("settings", from + " to " + stream.shownTarget()));
    checkDatabase();
    if (checkHead() && checkWindow()) {
      checkBelow();
    }
    return items;
  }

  private void checkDatabase() {
    if (databaseProblem.isPresent()) {
      items.add(
          CheckItem.failed(
              "database",
              databaseProblem.get(),
              "see that it runs and no other stepsync has it, and what stepsync.datasource.* say"));
      return;
    }
    items.add(table.ownTables());
    if (stream.table().hasTable()) {
      items.add(table.table());
      table.deletes().ifPresent(items::add);
    }
    try {
      trial.startAtCheckpoint();
    } catch (Exception e) {
      items.add(CheckItem.failed("checkpoint", trial.reason(e), "mend its row in stepsync_state"));
    }
  }

  private boolean checkHead() {
    try {
      OptionalLong head = trial.askHead();
      head.ifPresent(id -> items.add(CheckItem.ok("headUrl", "the highest ID is " + id)));
      return true;
    } catch (Exception e) {
      items.add(CheckItem.failed("headUrl", trial.reason(e), advice(e, "headUrl, head")));
      return false;
    }
  }

  private boolean checkWindow() {
    IdWindow window = trial.plan().next().orElseGet(this::lastWindow);
    try {
      WindowRows rows = trial.ask(window);
      long records = rows.records();
      items.add(
          CheckItem.ok(
              "API",
              "window "
                  + window
                  + " has "
                  + CheckItem.count(records, "record")
                  + (records == 0 && isFoundNothing()
                      ? "; if the IDs begin far above, set initialId, headUrl or maxGap"
                      : "")));
      checkRecords(rows);
      return true;
    } catch (Exception e) {
      items.add(CheckItem.failed("API", "window " + window + ": " + trial.reason(e), advice(e)));
      return false;
    }
  }

  private String advice(Exception failure) {
    RequestTemplate template = stream.request().template();
    return advice(failure, String.join(", ", template.settings()) + ", records, id");
  }

  /**
   * Returns what to do about a failure, in a line.
   *
   * @param settings those that say what is asked and what the answer must be
   */
  private static String advice(Exception failure, String settings) {
    AnswerException answer = ObjectHelper.getException(AnswerException.class, failure);
    if (answer == null) {
      return ObjectHelper.getException(IOException.class, failure) == null
          ? "see what the settings say: " + settings
          : "see that the API can be reached from here, and what url says";
    }
    if (answer.mayPass()) {
      return "the API is busy or down: try again later, or set requestsPerSecond";
    }
    if (answer.status() == 401 || answer.status() == 403) {
      return "set auth, and its values in the environment, to what the API takes";
    }
    if (answer.trouble().isPresent() && answer.status() == 200) {
      return "a run goes on in narrower windows; a smaller stepSize spares it the failing requests";
    }
    String asked =
        settings.contains("body") ? "discover URL --body TEXT shows" : "discover URL shows";
    return "set " + settings + " to what the API has; stepsync " + asked + " what it answers";
  }

  /** A moved path or another key finds nothing at the checkpoint, and that is no fault there. */
  private void checkBelow() {
    OptionalLong checkpoint = trial.checkpoint();
    if (databaseProblem.isPresent() || !stream.table().hasTable() || checkpoint.isEmpty()) {
      return;
    }
    long last = checkpoint.getAsLong() - 1;
    if (last < stream.scan().initialId()) {
      return;
    }
    long width = stream.request().template().isSingle() ? 1 : stream.scan().stepSize();
    IdWindow window =
        new IdWindow(Math.max(stream.scan().initialId(), last - Math.min(width - 1, last)), last);
    try {
      WindowRows rows = trial.ask(window);
      refuse(rows);
      table.below(window, rows, uncopied(rows)).ifPresent(items::add);
    } catch (Exception e) {
      items.add(
          CheckItem.failed("copied rows", "window " + window + ": " + trial.reason(e), advice(e)));
    }
  }

  private boolean isFoundNothing() {
    boolean none = trial.plan().checkpoint().currentId() <= stream.scan().initialId();
    return none && stream.request().headUrl() == null;
  }

  /** Where a run has nothing to ask, what it asked last. */
  private IdWindow lastWindow() {
    long last = Math.max(stream.scan().initialId(), trial.plan().position() - 1);
    long first = last - Math.min(stream.scan().stepSize() - 1, last);
    return new IdWindow(Math.max(stream.scan().initialId(), first), last);
  }

  /** A table that does not fit was told of. */
  private Optional<String> refuse(WindowRows rows) {
    return table.isReady() ? trial.refuse(rows) : Optional.empty();
  }

  private void checkRecords(WindowRows rows) {
    Optional<String> problem = refuse(rows);
    if (problem.isPresent()) {
      items.add(
          CheckItem.failed(
              "records", problem.get(), "see that the user may insert into and update the table"));
    } else if (rows.deadLetterCount() > 0) {
      DeadLetter first = rows.deadLetters().get(0);
      items.add(
          CheckItem.failed(
              "records",
              "%d of %s would become dead letters; the first: ID %d, %s"
                  .formatted(
                      rows.deadLetterCount(),
                      CheckItem.count(rows.records(), "record"),
                      first.id(),
                      first.reason()),
              "change columns; all of them: stepsync preview " + stream.name()));
    } else if (rows.records() > 0) {
      String fit = "the columns fit " + CheckItem.count(rows.records(), "record");
      String uncopied = uncopied(rows);
      items.add(CheckItem.ok("records", uncopied.isEmpty() ? fit : fit + "; " + uncopied));
    }
  }

  /** Returns what is to be told of fields that have no column, each of them once. */
  private String uncopied(WindowRows rows) {
    Set<String> untold = new LinkedHashSet<>(rows.uncopied());
    untold.removeAll(uncopied);
    uncopied.addAll(untold);
    return untold.isEmpty() ? "" : RecordFields.told(untold);
  }
}
