package io.stepsync.ops;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.camel.DataSources;
import io.stepsync.camel.Run;
import io.stepsync.camel.RunKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/**
 * The command line. Exit codes: 0 for success, 1 for a failure, 2 for wrong usage or a wrong
 * setting.
 */
@Command(
    name = "stepsync",
    description = "Copies tables out of HTTP APIs that have only ID ranges into a SQL database.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Success.",
      "1:A failure; for a run, that it was not caught up.",
      "2:Wrong usage, or a wrong setting."
    },
    versionProvider = Version.class,
    subcommands = {
      Status.class,
      Runs.class,
      Windows.class,
      States.class,
      Pause.class,
      Resume.class,
      DeadLetters.class,
      Discover.class,
      Check.class,
      Preview.class,
      Plan.class,
      Completion.class
    })
public final class Stepsync implements Callable<Integer> {

  static final Path HERE = Path.of("");

  private static final List<String> FIRST_VERBS = List.of("run", "sync", "refresh", "validate");

  /** Carries out what {@code arguments} say, and ends the process. */
  public static void main(String... arguments) {
    // not logback.xml, which would be taken for that of an application that has the jar
    System.getProperties().putIfAbsent("logback.configurationFile", "stepsync/logback.xml");
    try {
      LogFormat.choose(HERE, System.getenv());
    } catch (SettingException e) {
      System.err.println("stepsync: " + e.getMessage());
      System.exit(ExitCode.USAGE);
    }
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    CommandLine commandLine = new CommandLine(new Stepsync());
    inOrder(commandLine.getCommandSpec());
    commandLine.setExecutionExceptionHandler(
        (exception, line, parsed) -> {
          StartFailure failure = StartFailure.of(exception);
          line.getErr().println("stepsync: " + failure.message());
          return failure.exitCode();
        });
    return commandLine.execute(arguments);
  }

  /** The help shows the verbs in the order in which they are added. */
  private static void inOrder(CommandSpec spec) {
    List<String> verbs = new ArrayList<>(spec.subcommands().keySet());
    verbs.removeAll(FIRST_VERBS);
    verbs.addAll(0, FIRST_VERBS);
    verbs.forEach(verb -> spec.addSubcommand(verb, spec.removeSubcommand(verb)));
  }

  /** No verb is the verb {@code run}. */
  @Override
  public Integer call() throws Exception {
    return runScheduled(false);
  }

  @Command(name = "run", description = "Runs all streams on their schedules, until stopped.")
  int runScheduled(
      @Option(names = "--dev", description = "Takes changes under routes/ over while it runs.")
          boolean dev)
      throws Exception {
    Standalone standalone = dev ? LiveRoutes.standalone(HERE) : new Standalone(HERE);
    standalone.run();
    return ExitCode.OK;
  }

  @Command(name = "sync", description = "Runs each stream once, now, and exits.")
  int sync(
      @Option(
              names = "--dry-run",
              description = "Asks and checks all that a run would, and writes nothing.")
          boolean dry,
      @Parameters(paramLabel = "STREAM", description = "The streams; all if none is named.")
          List<String> names)
      throws Exception {
    return runEach(names, dry ? RunKind.DRY_RUN : RunKind.SYNC);
  }

  @Command(
      name = "refresh",
      description = "Reads all IDs below the checkpoint again, for changes and deletes, and exits.")
  int refresh(
      @Parameters(paramLabel = "STREAM", description = "The streams; all if none is named.")
          List<String> names)
      throws Exception {
    return runEach(names, RunKind.REFRESH);
  }

  static int runEach(List<String> names, RunKind kind) throws Exception {
    Standalone standalone = new Standalone(HERE);
    List<String> streams = streams(names, standalone.streams());
    return standalone.withoutTriggers(
        context -> {
          boolean caughtUp = true;
          try (AutoCloseable bars = RunBars.watch(context)) {
            PausedStreams paused = new PausedStreams(new JdbcTemplate(DataSources.of(context)));
            for (String stream : streams) {
              tellIfPaused(stream, paused);
              caughtUp &=
                  LaneRuns.of(context, stream, kind).stream().allMatch(Stepsync::isCaughtUp);
            }
          }
          return caughtUp ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  private static void tellIfPaused(String stream, PausedStreams paused) {
    paused
        .since(stream)
        .ifPresent(
            since ->
                System.out.printf(
                    "%s: is paused since %s, which holds for its trigger alone%n",
                    stream, Moments.moment(since)));
  }

  static boolean isCaughtUp(Run run) {
    return run.getStatus() == Run.Status.CAUGHT_UP;
  }

  @Command(name = "validate", description = "Checks settings and routes; opens nothing.")
  int validate(@Option(names = "--json", description = Descriptions.JSON) boolean json)
      throws Exception {
    List<ValidStream> streams =
        new Standalone(HERE).streams().values().stream().map(ValidStream::of).toList();
    if (json) {
      Json.print(streams);
    } else {
      streams.forEach(
          stream ->
              System.out.printf("%s: ok, %s to %s%n", stream.stream, stream.url, stream.target));
    }
    return ExitCode.OK;
  }

  /** A stream whose settings are right. The names are those of {@code --json}, and stay. */
  record ValidStream(String stream, String url, String target) {
    private static ValidStream of(StreamSettings stream) {
      return new ValidStream(stream.name(), stream.request().shownUrl(), stream.shownTarget());
    }
  }

  static List<String> streams(List<String> names, Map<String, StreamSettings> known) {
    if (names == null) {
      return List.copyOf(known.keySet());
    }
    for (String name : names) {
      if (!known.containsKey(name)) {
        throw new SettingException("stream must be one of " + known.keySet() + ", was " + name);
      }
    }
    return names;
  }
}
