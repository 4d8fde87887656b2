package io.stepsync.camel;

import io.stepsync.StreamSettings;
import io.stepsync.store.RunStatus;
import io.stepsync.store.history.StoredRun;
import io.stepsync.window.Lanes;
import java.util.Optional;

/** A stream of which all runs were caught up, but found no record: are its IDs far away? */
public final class FoundNothing {

  private FoundNothing() {}

  /**
   * Returns the problem and what to do; nothing where a record was found, where the API told its
   * highest ID, or where the last run did not come to its end.
   *
   * @param last the last run of the stream's sync
   */
  public static Optional<String> problem(
      StreamSettings stream, Optional<Lanes> lanes, Optional<StoredRun> last) {
    boolean nothing =
        lanes.map(all -> all.reached().currentId() <= stream.scan().initialId()).orElse(false);
    return last.filter(
            run ->
                nothing
                    && run.status().equals(RunStatus.CAUGHT_UP.text())
                    && run.head() == null
                    && run.lastId() != null
                    && run.lastId() >= stream.scan().initialId())
        .map(run -> message(stream.scan().initialId(), run.lastId()));
  }

  private static String message(long firstId, long lastId) {
    return "no record from %d to %d: set initialId, headUrl or maxGap".formatted(firstId, lastId);
  }
}
