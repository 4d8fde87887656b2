package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.http.ShownText;
import io.stepsync.store.StateRows;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.store.history.StoredWindows;
import io.stepsync.store.history.StoredWindows.StoredWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code windows}: what a run asked. */
@Command(
    name = "windows",
    description = "Shows the windows of the last run of a stream's lanes, or of another one.")
public final class Windows implements Callable<Integer> {

  private static final List<String> HEADINGS =
      List.of("first ID", "last ID", "records", "ms", "attempts");

  @Parameters(paramLabel = "STREAM", description = "The stream.")
  private String stream;

  @Option(names = "--run", paramLabel = "ID", description = "The run, as history --json has it.")
  private String run;

  @Mixin private AsJson json;

  /**
   * The windows of a run. The names are those of {@code --json}, and stay.
   *
   * @param run the last one, where there are several
   * @param runs one of each lane
   */
  record RunWindows(StoredRun run, List<StoredRun> runs, List<StoredWindow> windows) {}

  @Override
  public Integer call() throws Exception {
    return StreamsVerb.lookAtKept(
        List.of(stream),
        (sql, streams) -> {
          List<StoredRun> runs = find(sql);
          print(
              new RunWindows(
                  Collections.max(runs, Comparator.comparing(StoredRun::started)),
                  runs,
                  runs.stream()
                      .flatMap(of -> new StoredWindows(sql).of(of).stream())
                      .sorted(
                          Comparator.comparing(StoredWindow::firstId)
                              .thenComparing(StoredWindow::lastId))
                      .toList()));
        });
  }

  private List<StoredRun> find(JdbcTemplate sql) {
    StoredRuns runs = new StoredRuns(sql);
    if (run != null) {
      return List.of(byId(runs));
    }
    StoredRun last =
        runs.last(stream, 1).stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("stream " + stream + " was never run"));
    int lanes = new StateRows(sql).of(stream, "sync").size();
    return lanes > 1
        ? runs.latest(stream, last.kind()).stream().filter(each -> each.lane() < lanes).toList()
        : List.of(last);
  }

  private StoredRun byId(StoredRuns runs) {
    return runs.byId(stream, run)
        .orElseThrow(
            () ->
                new SettingException(
                    "stream " + stream + ": there is no run " + ShownText.harmless(run)));
  }

  private void print(RunWindows of) throws Exception {
    if (json.isAsked()) {
      Json.print(of);
      return;
    }
    boolean lanes = of.runs().size() > 1;
    if (lanes) {
      System.out.printf(
          "%s: the last %s of each of %d lanes%n", stream, of.run().kind(), of.runs().size());
    } else {
      printHead(of.run());
    }
    List<String> headings = new ArrayList<>(HEADINGS);
    if (lanes) {
      headings.add(0, "lane");
    }
    TerminalTable table = new TerminalTable(headings);
    of.windows().forEach(window -> table.row(values(window, lanes)));
    System.out.print(table);
  }

  private static void printHead(StoredRun run) {
    System.out.printf(
        "%s%s: run %s, a %s of %s, %s%n",
        run.stream(),
        run.lane() > 0 ? " lane " + run.lane() : "",
        run.run(),
        run.kind(),
        Moments.moment(run.started()),
        run.state().words());
  }

  private static List<Object> values(StoredWindow window, boolean lanes) {
    List<Object> values =
        new ArrayList<>(
            List.of(
                window.firstId(),
                window.lastId(),
                window.records(),
                window.ms(),
                window.attempts()));
    if (lanes) {
      values.add(0, window.lane());
    }
    return values;
  }
}
