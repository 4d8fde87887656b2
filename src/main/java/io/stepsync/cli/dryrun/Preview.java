package io.stepsync.cli.dryrun;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.http.Answer;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.main.Standalone;
import io.stepsync.steps.TrialRun;
import io.stepsync.window.IdWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code preview}: what a window's records would become. */
@Command(
    name = "preview",
    description = "Shows the records of a window as they would be written; writes nothing.")
public final class Preview implements Callable<Integer> {

  @Parameters(paramLabel = "STREAM", description = "The stream.")
  private String name;

  @Option(
      names = "--window",
      paramLabel = "A-B",
      description = "The first and the last ID; if not given, the next run's first window.")
  private String window;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20",
      description = "The most rows that are shown; ${DEFAULT-VALUE} if not given.")
  private int rows;

  @Option(names = "--json", description = "Prints all records, as JSON.")
  private boolean json;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "Keeps the answer in DIR/STREAM, its body alone, as JSON.")
  private Path record;

  @Option(
      names = "--replay",
      paramLabel = "DIR",
      description = "Takes the answer from DIR/STREAM instead of asking the API.")
  private Path replay;

  @Override
  public Integer call() throws Exception {
    if (record != null && replay != null) {
      throw new SettingException("--record must not be given with --replay");
    }
    Optional<IdWindow> asked = Optional.ofNullable(window).map(Preview::parsed);
    if (rows < 0) {
      throw new SettingException("--rows must be >= 0, was " + rows);
    }
    Standalone standalone = new Standalone(Standalone.HERE);
    standalone.named(List.of(name));
    StreamSettings stream = standalone.streams().get(name);
    System.out.print(
        standalone.<String>forTrial((context, problem) -> text(context, stream, asked, problem)));
    return ExitCode.OK;
  }

  private static IdWindow parsed(String text) {
    try {
      String[] ids = text.strip().split("-|\\.\\.", 2);
      return new IdWindow(
          Long.parseLong(ids[0].strip()), Long.parseLong(ids[ids.length - 1].strip()));
    } catch (IllegalArgumentException e) {
      throw new SettingException("--window must be A-B with 0 <= A <= B, was " + text, e);
    }
  }

  private String text(
      CamelContext context,
      StreamSettings stream,
      Optional<IdWindow> asked,
      Optional<String> databaseProblem)
      throws Exception {
    boolean single = stream.request().template().isSingle();
    if (single && asked.filter(ids -> !ids.isSingle()).isPresent()) {
      throw new SettingException(
          "--window must be one ID where a request asks for one, was " + window);
    }
    databaseProblem.ifPresent(problem -> System.err.println("stepsync: " + problem));
    try (TrialRun trial = new TrialRun(context, stream)) {
      Optional<IdWindow> ids = asked;
      if (databaseProblem.isEmpty()) {
        trial.startAtCheckpoint();
      }
      if (asked.isEmpty() && replay != null) {
        ids = new RecordedAnswers(replay, stream).first();
        if (ids.isEmpty()) {
          throw new SettingException("no answer of %s was recorded in %s".formatted(name, replay));
        }
      } else if (asked.isEmpty()) {
        trial.askHead();
        ids = trial.plan().next();
      }
      return ids.isEmpty()
          ? "%s: the next run has nothing to ask; --window shows another window%n".formatted(name)
          : shown(
              new PreviewedWindow(
                  stream,
                  ids.get(),
                  ask(trial, stream, ids.get(), databaseProblem.isEmpty()),
                  trial::masked));
    }
  }

  private WindowRows ask(
      TrialRun trial, StreamSettings stream, IdWindow window, boolean databaseOpen) {
    try {
      WindowRows asked = rows(trial, stream, window);
      if (databaseOpen) {
        trial.refuse(asked).ifPresent(problem -> System.err.println("stepsync: " + problem));
      }
      return asked;
    } catch (SettingException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("window " + window + ": " + trial.reason(e), e);
    }
  }

  private WindowRows rows(TrialRun trial, StreamSettings stream, IdWindow window) throws Exception {
    if (replay != null) {
      String body = new RecordedAnswers(replay, stream).answer(window);
      return trial.read(window, trial.recorded(body));
    }
    if (record != null) {
      Answer answer = trial.answer(window);
      WindowRows rows = trial.read(window, answer);
      Path file = new RecordedAnswers(record, stream).keep(window, trial.masked(answer.text()));
      System.err.println("stepsync: the answer is kept in " + file);
      return rows;
    }
    return trial.ask(window);
  }

  private String shown(PreviewedWindow previewed) {
    return json ? previewed.json() : previewed.text(rows);
  }
}
