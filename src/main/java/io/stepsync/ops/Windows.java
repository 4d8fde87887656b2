package io.stepsync.ops;

import io.stepsync.SettingException;
import io.stepsync.camel.Failures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code windows}: what a run asked. */
@Command(
    name = "windows",
    description = "Shows the windows of a stream's last run, or of another one.")
final class Windows implements Callable<Integer> {

  private static final String LOAD =
      "SELECT first_id, last_id, records, ms, attempts FROM stepsync_window WHERE run = ?"
          + " ORDER BY first_id, last_id";

  @Parameters(paramLabel = "STREAM", description = "The stream.")
  private String stream;

  @Option(names = "--run", paramLabel = "ID", description = "The run, as history --json has it.")
  private String run;

  @Option(names = "--json", description = Descriptions.JSON)
  private boolean json;

  /** The windows of a run. The names are those of {@code --json}, and stay. */
  record RunWindows(StoredRun run, List<StoredWindow> windows) {}

  /**
   * A row of stepsync_window.
   *
   * @param ms how long the answer took, with retries and waits
   * @param attempts the requests that were made for it
   */
  record StoredWindow(long firstId, long lastId, long records, long ms, int attempts) {

    private static StoredWindow of(ResultSet row) throws SQLException {
      return new StoredWindow(
          row.getLong("first_id"),
          row.getLong("last_id"),
          row.getLong("records"),
          row.getLong("ms"),
          row.getInt("attempts"));
    }
  }

  @Override
  public Integer call() throws Exception {
    return StreamsVerb.on(
        List.of(stream),
        streams -> {
          StoredRun found = find(new StoredRuns(streams.sql()));
          print(new RunWindows(found, load(streams.sql(), found.run())));
        });
  }

  private StoredRun find(StoredRuns runs) {
    if (run != null) {
      return runs.byId(stream, run)
          .orElseThrow(
              () ->
                  new SettingException(
                      "stream " + stream + ": there is no run " + Failures.harmless(run)));
    }
    return runs.last(stream, 1).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("stream " + stream + " was never run"));
  }

  private static List<StoredWindow> load(JdbcTemplate sql, String run) {
    return sql.query(LOAD, (row, number) -> StoredWindow.of(row), run);
  }

  private void print(RunWindows of) throws Exception {
    if (json) {
      Json.print(of);
      return;
    }
    System.out.printf(
        "%s: run %s, a %s of %s, %s%n",
        of.run().stream(),
        of.run().run(),
        of.run().kind(),
        Moments.moment(of.run().started()),
        of.run().statusText());
    TerminalTable table =
        new TerminalTable(List.of("first ID", "last ID", "records", "ms", "attempts"));
    of.windows()
        .forEach(
            window ->
                table.row(
                    List.of(
                        window.firstId(),
                        window.lastId(),
                        window.records(),
                        window.ms(),
                        window.attempts())));
    System.out.print(table);
  }
}
