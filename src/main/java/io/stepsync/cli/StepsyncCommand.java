package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.cli.discover.Discover;
import io.stepsync.cli.dryrun.Check;
import io.stepsync.cli.dryrun.Plan;
import io.stepsync.cli.dryrun.Preview;
import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.cli.verify.Verify;
import io.stepsync.main.LiveRoutes;
import io.stepsync.main.LogFormat;
import io.stepsync.main.Standalone;
import io.stepsync.main.StartFailure;
import io.stepsync.main.files.KeysCheck;
import io.stepsync.store.RunKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 for success, 1 for a failure, 2 for wrong usage or a wrong
 * setting.
 */
@Command(
    name = "stepsync",
    description = {
      "Copies tables out of HTTP APIs that have only ID ranges into a SQL database.",
      "Without a verb it is stepsync run; stepsync help VERB tells of one."
    },
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
      Refresh.class,
      Status.class,
      History.class,
      Windows.class,
      State.class,
      Pause.class,
      Resume.class,
      DeadLetters.class,
      Discover.class,
      Verify.class,
      Check.class,
      Preview.class,
      Plan.class,
      Init.class,
      Completion.class,
      HelpCommand.class
    })
public final class StepsyncCommand implements Callable<Integer> {

  private static final List<String> FIRST_VERBS = List.of("run", "sync", "refresh", "validate");

  /** Carries out what {@code arguments} say, and ends the process. */
  public static void main(String... arguments) {
    // not logback.xml, which would be taken for that of an application that has the jar
    System.getProperties().putIfAbsent("logback.configurationFile", "stepsync/logback.xml");
    try {
      LogFormat.choose(Standalone.HERE, System.getenv());
    } catch (SettingException e) {
      System.err.println("stepsync: " + KeysCheck.placed(Standalone.HERE, e).getMessage());
      System.exit(ExitCode.USAGE);
    }
    System.exit(execute(arguments));
  }

  public static int execute(String... arguments) {
    CommandLine commandLine = new CommandLine(new StepsyncCommand());
    inOrder(commandLine.getCommandSpec());
    commandLine.setParameterExceptionHandler((fault, given) -> wrongUsage(fault));
    commandLine.setExecutionExceptionHandler(
        (exception, line, parsed) -> {
          StartFailure failure = StartFailure.of(exception);
          line.getErr().println("stepsync: " + failure.message());
          return failure.exitCode();
        });
    return commandLine.execute(arguments);
  }

  /** The whole help would hide what is wrong. */
  private static int wrongUsage(ParameterException fault) {
    CommandLine verb = fault.getCommandLine();
    verb.getErr()
        .printf(
            "stepsync: %s; see %s --help%n",
            fault.getMessage(), verb.getCommandSpec().qualifiedName());
    UnmatchedArgumentException.printSuggestions(fault, verb.getErr());
    return ExitCode.USAGE;
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

  @Command(
      name = "run",
      description = "Runs all streams on their schedules, until stopped; the default.")
  int runScheduled(
      @Option(names = "--dev", description = "Takes changes under routes/ over while it runs.")
          boolean dev)
      throws Exception {
    Standalone standalone =
        dev ? LiveRoutes.standalone(Standalone.HERE) : new Standalone(Standalone.HERE);
    Init.tellWithoutRoutes(standalone);
    standalone.run();
    return ExitCode.OK;
  }

  @Command(name = "sync", description = "Runs each stream once, now, and exits.")
  int sync(
      @Option(
              names = "--dry-run",
              description = "Asks and checks all that a run would, and writes nothing.")
          boolean dry,
      @Mixin NamedStreams named)
      throws Exception {
    return StreamsVerb.runEach(named.names(), dry ? RunKind.DRY_RUN : RunKind.SYNC);
  }

  @Command(name = "validate", description = "Checks settings and routes; opens nothing.")
  int validate(@Mixin AsJson json) throws Exception {
    Standalone standalone = new Standalone(Standalone.HERE);
    standalone.refuseWhatCannotRun();
    List<ValidStream> streams =
        standalone.streams().values().stream().map(ValidStream::of).toList();
    if (json.isAsked()) {
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
}
