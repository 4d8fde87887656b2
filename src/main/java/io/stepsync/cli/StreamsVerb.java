package io.stepsync.cli;

import io.stepsync.api.LaneRuns;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.cli.terminal.RunBars;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.StreamMoments;
import io.stepsync.store.history.StoredRuns;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.ExitCode;

/**
 * What the verbs about streams share: they load the streams, and open the database for a look, or
 * run them once.
 */
public final class StreamsVerb {

  private StreamsVerb() {}

  /**
   * Opens the database for {@code work} on these streams; all of them where {@code names} is null.
   */
  static int on(List<String> names, Work work) throws Exception {
    Standalone standalone = new Standalone(Standalone.HERE);
    return standalone.withDatabase(done(work, standalone, names));
  }

  /**
   * As {@link #on}, and prints of each stream what was done.
   *
   * @param work changes what is kept of a stream, and tells so
   */
  static int onEach(List<String> names, BiFunction<JdbcTemplate, String, String> work)
      throws Exception {
    return on(
        names,
        streams ->
            streams
                .names()
                .forEach(
                    name -> System.out.printf("%s: %s%n", name, work.apply(streams.sql(), name))));
  }

  /** As {@link #on}, for {@code work} that only looks: it makes no database and no table. */
  static int look(List<String> names, Work work) throws Exception {
    Standalone standalone = new Standalone(Standalone.HERE);
    return standalone.withDatabaseToLook(done(work, standalone, names));
  }

  /**
   * As {@link #look}, for {@code work} on what the database keeps of streams. Their files are not
   * read, which takes long if there are many, unless one is named of which nothing is kept.
   *
   * @param names the streams; null for all of which something is kept, those without a file too
   */
  static int lookAtKept(List<String> names, KeptWork work) throws Exception {
    Standalone standalone = Standalone.withoutStreams(Standalone.HERE);
    return standalone.withDatabaseToLook(
        sql -> {
          List<String> kept = new StoredRuns(sql).streams();
          if (names != null && !kept.containsAll(names)) {
            new Standalone(Standalone.HERE).named(names);
          }
          work.on(sql, names == null ? kept : names);
          return ExitCode.OK;
        });
  }

  private static Standalone.DatabaseWork<Integer> done(
      Work work, Standalone standalone, List<String> names) {
    List<String> streams = standalone.named(names);
    return sql -> {
      work.on(new Streams(standalone, streams, sql));
      return ExitCode.OK;
    };
  }

  /**
   * Runs these streams once, one after the other; all of them where {@code names} is null.
   *
   * @return the exit code, which tells whether all were caught up
   */
  static int runEach(List<String> names, RunKind kind) throws Exception {
    return runEach(
        names, (context, stream) -> LaneRuns.of(context, stream, kind), LaneRuns::isCaughtUp);
  }

  /** Runs a stream once; returns the runs of its lanes. */
  interface RunOnce {
    List<Run> of(CamelContext context, String stream) throws Exception;
  }

  /**
   * As {@link #runEach(List, RunKind)}.
   *
   * @param good what is asked of each lane's run
   * @return the exit code, which tells whether all were good
   */
  static int runEach(List<String> names, RunOnce once, Predicate<Run> good) throws Exception {
    Standalone standalone = new Standalone(Standalone.HERE);
    List<String> streams = standalone.named(names);
    Init.tellWithoutRoutes(standalone);
    return standalone.withoutTriggers(
        context -> {
          boolean allGood = true;
          try (AutoCloseable bars = RunBars.watch(context)) {
            StreamMoments paused = StreamMoments.paused(new JdbcTemplate(DataSources.of(context)));
            for (String stream : streams) {
              tellIfPaused(stream, paused);
              allGood &= once.of(context, stream).stream().allMatch(good);
            }
          }
          return allGood ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  private static void tellIfPaused(String stream, StreamMoments paused) {
    paused
        .of(stream)
        .ifPresent(
            since ->
                System.out.printf(
                    "%s: is paused since %s, which holds for its trigger alone%n",
                    stream, Moments.moment(since)));
  }

  /** The streams of a verb, and what it needs to tell of them. */
  public record Streams(Standalone standalone, List<String> names, JdbcTemplate sql) {}

  /** What a verb does with what is kept of streams. */
  interface KeptWork {
    void on(JdbcTemplate sql, List<String> streams) throws Exception;
  }

  /** What a verb does. */
  interface Work {
    void on(Streams streams) throws Exception;
  }
}
