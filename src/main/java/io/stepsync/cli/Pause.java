package io.stepsync.cli;

import io.stepsync.store.StreamMoments;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StoredRuns;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code pause}: a stream's trigger is passed over from now on. */
@Command(
    name = "pause",
    description =
        "Has the triggers of streams passed over, until they are resumed, restarts included.")
public final class Pause implements Callable<Integer> {

  @Parameters(paramLabel = "STREAM", arity = "1..*", description = "The streams.")
  private List<String> names;

  @Override
  public Integer call() throws Exception {
    return StreamsVerb.onEach(
        names,
        (sql, name) ->
            (StreamMoments.paused(sql).add(name) ? "paused" : "was paused already")
                + new StoredRuns(sql).running(name).map(Pause::goesOn).orElse(""));
  }

  private static String goesOn(StoredRun run) {
    return run.isRunning()
        ? "; a run under way goes on to its end"
        : "; a run that has no end goes on to it, if its process was not killed";
  }
}
