package io.stepsync.ops;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.ExitCode;

/** What the verbs about streams share: they load the streams, and open the database for a look. */
final class StreamsVerb {

  private StreamsVerb() {}

  /**
   * Opens the database for {@code work} on these streams; all of them where {@code names} is null.
   */
  static int on(List<String> names, Work work) throws Exception {
    Standalone standalone = new Standalone(Stepsync.HERE);
    List<String> streams = Stepsync.streams(names, standalone.streams());
    return standalone.withDatabase(
        sql -> {
          work.on(new Streams(standalone, streams, sql));
          return ExitCode.OK;
        });
  }

  /** The streams of a verb, and what it needs to tell of them. */
  record Streams(Standalone standalone, List<String> names, JdbcTemplate sql) {}

  /** What a verb does. */
  interface Work {
    void on(Streams streams) throws Exception;
  }
}
