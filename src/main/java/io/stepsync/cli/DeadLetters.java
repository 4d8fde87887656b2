package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.api.LaneRuns;
import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.http.ShownText;
import io.stepsync.store.RunKind;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.store.letters.DeadLetterTable.DeadLetterGroup;
import io.stepsync.store.letters.DeadLetterTable.StoredDeadLetter;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code dead-letters}: what was refused, and what is to be done with it. */
@Command(
    name = "dead-letters",
    description = "Lists, retries or drops the records that were refused.")
final class DeadLetters {

  private static final long SHOWN = 20;

  /** Which of a stream's are meant. */
  static final class Reason {

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Only those with this text in their reason.",
        defaultValue = "")
    private String text;
  }

  @Command(name = "list", description = "Shows them with their reasons.")
  int list(
      @Mixin Reason reason,
      @Option(
              names = "--limit",
              paramLabel = "N",
              description = "So many one by one, of all streams. Default 20; all with --json.")
          Long limit,
      @Mixin AsJson json,
      @Mixin NamedStreams named)
      throws Exception {
    if (limit != null && limit < 0) {
      throw new SettingException("--limit must be >= 0, was " + limit);
    }
    return StreamsVerb.look(
        named.names(),
        streams -> {
          DeadLetterTable table = new DeadLetterTable(streams.sql());
          if (json.isAsked()) {
            long most = limit == null ? Long.MAX_VALUE : limit;
            Json.printEach(print -> each(table, streams.names(), reason.text, most, print::accept));
          } else {
            print(table, streams.names(), reason.text, limit == null ? SHOWN : limit);
          }
        });
  }

  /** Returns how many there were at most {@code most} of. */
  private static long each(
      DeadLetterTable table,
      List<String> streams,
      String reason,
      long most,
      Consumer<StoredDeadLetter> reader) {
    long[] left = {most};
    for (String stream : streams) {
      if (left[0] > 0) {
        table.each(
            stream,
            reason,
            letter -> {
              reader.accept(letter);
              return --left[0] > 0;
            });
      }
    }
    return most - left[0];
  }

  private static void print(
      DeadLetterTable table, List<String> streams, String reason, long limit) {
    long shown = each(table, streams, reason, limit, letter -> System.out.println(line(letter)));
    long all =
        shown < limit
            ? shown
            : streams.stream().mapToLong(stream -> table.count(stream, reason)).sum();
    if (all == 0) {
      System.out.println("there are no dead letters" + (reason.isEmpty() ? "" : " of this reason"));
    }
    if (all > shown && reason.isEmpty()) {
      if (shown > 0) {
        System.out.println();
      }
      System.out.print(
          tableOf(streams.stream().flatMap(stream -> table.groups(stream).stream()).toList()));
    }
    if (all > shown) {
      System.out.printf("%d of %d are shown: see --limit, --reason and --json%n", shown, all);
    }
  }

  private static String tableOf(List<DeadLetterGroup> groups) {
    TerminalTable shown =
        new TerminalTable(List.of("stream", "count", "kind", "first ID", "reason"));
    for (DeadLetterGroup group : groups) {
      shown.row(
          List.of(group.stream(), group.count(), group.kind(), group.exampleId(), group.reason()));
    }
    return shown.toString();
  }

  private static String line(StoredDeadLetter letter) {
    return "%s %d %s, tries %d, last %s: %s"
        .formatted(
            letter.stream(),
            letter.id(),
            letter.kind(),
            letter.tries(),
            Moments.moment(letter.seenAt()),
            ShownText.harmless(letter.reason()));
  }

  @Command(
      name = "retry",
      description = {
        "Sends the refused records through the checks and the upsert again.",
        "Exit code 1 if some are refused again."
      })
  int retry(@Mixin Reason reason, @Mixin NamedStreams named) throws Exception {
    return StreamsVerb.runEach(
        named.names(),
        (context, stream) -> LaneRuns.of(context, stream, RunKind.RETRY, reason.text),
        run -> LaneRuns.isCaughtUp(run) && run.getCounters().deadLetters() == 0);
  }

  @Command(name = "drop", description = "Forgets them.")
  int drop(@Mixin Reason reason, @Mixin NamedStreams named) throws Exception {
    return StreamsVerb.onEach(
        named.names(),
        (sql, stream) -> new DeadLetterTable(sql).drop(stream, reason.text) + " dropped");
  }
}
