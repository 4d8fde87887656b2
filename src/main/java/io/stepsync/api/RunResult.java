package io.stepsync.api;

import io.stepsync.run.Counters;
import io.stepsync.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How a run of a stream ended, of all its lanes together.
 *
 * <p>Immutable.
 *
 * @param windows the windows asked
 * @param records the records of all answers, refused ones and duplicates included
 * @param upserted the rows that were inserted or changed, or that a sink other than a table took
 * @param unchanged the rows that were the same already
 * @param deleted the rows that a refresh deleted or marked so
 * @param deadLetters the records that were refused
 * @param error why it failed, in one line without secrets; there if {@code status} is FAILED
 */
public record RunResult(
    String stream,
    Status status,
    long windows,
    long records,
    long upserted,
    long unchanged,
    long deleted,
    long deadLetters,
    Optional<String> error) {

  /** How a run ended; of several lanes, the last constant that one of them has. */
  public enum Status {
    /** It asked beyond the highest ID and found nothing. */
    CAUGHT_UP,
    /**
     * It was stopped, as the context stops, the stream is removed or the thread was interrupted;
     * the next run goes on there.
     */
    PAUSED,
    /** It ended with an error; the next run goes on at the checkpoint. */
    FAILED,
    /** It did not begin, as another run of the stream goes on in this context. */
    SKIPPED
  }

  static RunResult of(String stream, List<Run> lanes) {
    Status status =
        lanes.stream().map(RunResult::status).max(Comparator.naturalOrder()).orElse(Status.SKIPPED);
    return new RunResult(
        stream,
        status,
        sum(lanes, Counters::windows),
        sum(lanes, Counters::records),
        sum(lanes, Counters::upserted),
        sum(lanes, Counters::unchanged),
        sum(lanes, Counters::deleted),
        sum(lanes, Counters::deadLetters),
        lanes.stream().map(Run::getError).flatMap(Optional::stream).findFirst());
  }

  private static Status status(Run run) {
    return switch (run.getStatus()) {
      case CAUGHT_UP -> Status.CAUGHT_UP;
      case PAUSED -> Status.PAUSED;
      case RUNNING, FAILED -> Status.FAILED;
    };
  }

  private static long sum(List<Run> lanes, ToLongFunction<Counters> part) {
    return lanes.stream().map(Run::getCounters).mapToLong(part).sum();
  }

  /**
   * Returns this.
   *
   * @throws RunFailedException if the run failed
   */
  public RunResult orThrow() {
    if (status == Status.FAILED) {
      throw new RunFailedException("stream " + stream + ": " + error.orElse("the run failed"));
    }
    return this;
  }
}
