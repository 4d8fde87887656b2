package io.stepsync.cli;

import io.stepsync.cli.terminal.Descriptions;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.http.ShownText;
import io.stepsync.store.RunKind;
import io.stepsync.store.StoredRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code dead-letters}: what was refused, and what is to be done with it. */
@Command(
    name = "dead-letters",
    description = "Lists, retries or drops the records that were refused.",
    mixinStandardHelpOptions = true)
final class DeadLetters {

  private static final String LIST =
      "SELECT stream, id, kind, tries, seen_at, reason, payload FROM stepsync_dead_letter"
          + " WHERE stream = ? ORDER BY id, kind";
  private static final String DROP = "DELETE FROM stepsync_dead_letter WHERE stream = ?";

  /** A row of stepsync_dead_letter. The names are those of {@code --json}, and stay. */
  record StoredDeadLetter(
      String stream,
      long id,
      String kind,
      String reason,
      String payload,
      int tries,
      Instant seenAt) {

    private static StoredDeadLetter of(ResultSet row) throws SQLException {
      return new StoredDeadLetter(
          row.getString("stream"),
          row.getLong("id"),
          row.getString("kind"),
          row.getString("reason"),
          row.getString("payload"),
          row.getInt("tries"),
          StoredRun.instant(row, "seen_at"));
    }

    private String line() {
      return "%s %d %s, tries %d, last %s: %s"
          .formatted(stream, id, kind, tries, Moments.moment(seenAt), ShownText.harmless(reason));
    }
  }

  @Command(name = "list", description = "Shows them with their reasons.")
  int list(
      @Option(names = "--json", description = Descriptions.JSON) boolean json,
      @Parameters(paramLabel = "STREAM", arity = "0..*") List<String> names)
      throws Exception {
    return StreamsVerb.look(
        names,
        streams -> {
          List<StoredDeadLetter> letters = new ArrayList<>();
          for (String stream : streams.names()) {
            letters.addAll(
                streams.sql().query(LIST, (row, number) -> StoredDeadLetter.of(row), stream));
          }
          if (json) {
            Json.print(letters);
          } else {
            letters.forEach(letter -> System.out.println(letter.line()));
          }
        });
  }

  @Command(
      name = "retry",
      description = "Sends the refused records through the checks and the upsert again.")
  int retry(@Parameters(paramLabel = "STREAM", arity = "0..*") List<String> names)
      throws Exception {
    return StreamsVerb.runEach(names, RunKind.RETRY);
  }

  @Command(name = "drop", description = "Forgets them.")
  int drop(@Parameters(paramLabel = "STREAM", arity = "0..*") List<String> names) throws Exception {
    return StreamsVerb.on(
        names,
        streams -> {
          for (String stream : streams.names()) {
            System.out.printf("%s: %d dropped%n", stream, streams.sql().update(DROP, stream));
          }
        });
  }
}
