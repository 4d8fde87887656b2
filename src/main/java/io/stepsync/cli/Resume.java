package io.stepsync.cli;

import io.stepsync.store.StreamMoments;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code resume}: a stream's trigger is heeded again. */
@Command(name = "resume", description = "Has the triggers of paused streams heeded again.")
public final class Resume implements Callable<Integer> {

  @Parameters(paramLabel = "STREAM", arity = "1..*", description = "The streams.")
  private List<String> names;

  @Override
  public Integer call() throws Exception {
    return StreamsVerb.onEach(
        names,
        (sql, name) -> StreamMoments.paused(sql).remove(name) ? "resumed" : "was not paused");
  }
}
