package io.stepsync.ops;

import io.stepsync.camel.DataSources;
import io.stepsync.camel.Failures;
import io.stepsync.camel.RunKind;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** The verb {@code dead-letters}: what was refused, and what is to be done with it. */
@Command(
    name = "dead-letters",
    description = "Lists, retries or drops the records that were refused.",
    mixinStandardHelpOptions = true)
final class DeadLetters {

  private static final String LIST =
      "SELECT stream, id, kind, tries, seen_at, reason FROM stepsync_dead_letter"
          + " WHERE stream = ? ORDER BY id, kind";
  private static final String DROP = "DELETE FROM stepsync_dead_letter WHERE stream = ?";

  @Command(name = "list", description = "Shows them with their reasons.")
  int list(@Parameters(paramLabel = "STREAM", arity = "0..*") List<String> names) throws Exception {
    return onEach(
        names,
        (context, stream) -> {
          database(context)
              .query(
                  LIST,
                  row -> {
                    System.out.printf(
                        "%s %d %s, tries %d, last %s: %s%n",
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5),
                        Failures.harmless(row.getString(6)));
                  },
                  stream);
          return true;
        });
  }

  @Command(
      name = "retry",
      description = "Sends the refused records through the checks and the upsert again.")
  int retry(@Parameters(paramLabel = "STREAM", arity = "0..*") List<String> names)
      throws Exception {
    return onEach(
        names,
        (context, stream) -> Stepsync.isCaughtUp(Standalone.run(context, stream, RunKind.RETRY)));
  }

  @Command(name = "drop", description = "Forgets them.")
  int drop(@Parameters(paramLabel = "STREAM", arity = "0..*") List<String> names) throws Exception {
    return onEach(
        names,
        (context, stream) -> {
          int dropped = database(context).update(DROP, stream);
          System.out.printf("%s: %d dropped%n", stream, dropped);
          return true;
        });
  }

  private static int onEach(List<String> names, Action action) throws Exception {
    Standalone standalone = new Standalone(Stepsync.HERE);
    List<String> streams = Stepsync.streams(names, standalone.streams());
    return standalone.withoutTriggers(
        context -> {
          boolean succeeded = true;
          for (String stream : streams) {
            succeeded &= action.on(context, stream);
          }
          return succeeded ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  private static JdbcTemplate database(CamelContext context) {
    return new JdbcTemplate(DataSources.of(context));
  }

  /** What is done with a stream's dead letters; tells whether it succeeded. */
  private interface Action {
    boolean on(CamelContext context, String stream) throws Exception;
  }
}
