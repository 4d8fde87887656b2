package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.Marks;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.http.ShownText;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StoredRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code history}: the runs of streams. */
@Command(name = "history", description = "Shows the last runs of each stream, the latest first.")
public final class History implements Callable<Integer> {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("started", run -> Moments.brief(run.started(), Instant.now())),
          new Column("took", History::took),
          new Column("lane", run -> (long) run.lane()),
          new Column("kind", StoredRun::kind),
          new Column("status", run -> Marks.of(run.state()) + run.state().words()),
          new Column("windows", StoredRun::windows),
          new Column("records", StoredRun::records),
          new Column("upserted", StoredRun::upserted),
          new Column("unchanged", StoredRun::unchanged),
          new Column("deleted", StoredRun::deleted),
          new Column("dead", StoredRun::deadLetters),
          new Column("node", StoredRun::node));

  private record Column(String heading, Function<StoredRun, Object> value) {

    /** What is 0 in each run, or not there, is not worth a column. */
    boolean tells(List<StoredRun> runs) {
      return runs.stream().map(value).anyMatch(shown -> shown != null && !shown.equals(0L));
    }
  }

  @Mixin private NamedStreams named;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "So many of each stream. Default ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private int most;

  @Mixin private AsJson json;

  @Override
  public Integer call() throws Exception {
    if (most < 1) {
      throw new SettingException("--runs must be >= 1, was " + most);
    }
    return StreamsVerb.lookAtKept(
        named.names(),
        (sql, streams) -> {
          StoredRuns runs = new StoredRuns(sql);
          List<StoredRun> all = new ArrayList<>();
          streams.forEach(name -> all.addAll(runs.last(name, most)));
          print(all);
        });
  }

  private void print(List<StoredRun> runs) throws Exception {
    if (json.isAsked()) {
      Json.print(runs);
      return;
    }
    if (runs.isEmpty()) {
      System.out.println("there was no run yet");
      return;
    }
    List<Column> columns = new ArrayList<>();
    if (runs.stream().map(StoredRun::stream).distinct().count() > 1) {
      columns.add(new Column("stream", StoredRun::stream));
    }
    COLUMNS.stream().filter(column -> column.tells(runs)).forEach(columns::add);
    TerminalTable table = new TerminalTable(columns.stream().map(Column::heading).toList());
    runs.forEach(
        run -> table.row(columns.stream().map(column -> column.value().apply(run)).toList()));
    System.out.print(Marks.coloured(table.toString()));
    runs.stream()
        .filter(run -> run.error() != null)
        .forEach(
            run ->
                System.out.printf(
                    "%s%s %s: %s%n",
                    run.stream(),
                    run.lane() > 0 ? " lane " + run.lane() : "",
                    Moments.moment(run.started()),
                    ShownText.harmless(run.error())));
  }

  private static Object took(StoredRun run) {
    return run.durationMs() == null ? "" : Moments.duration(run.durationMs());
  }
}
