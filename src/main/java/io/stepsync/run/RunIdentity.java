package io.stepsync.run;

import io.stepsync.StreamSettings;
import io.stepsync.store.RunKind;
import java.time.Instant;

/**
 * Who a run is: what does not change while it goes on. Immutable.
 *
 * @param id its ID
 * @param kind what it is for
 * @param lane the number of the stream's lane that is run; 0 for the lowest
 * @param settings the stream's
 * @param started when it began
 * @param node the node of a cluster on which it runs; null for none
 */
public record RunIdentity(
    String id, RunKind kind, int lane, StreamSettings settings, Instant started, String node) {

  boolean isRefresh() {
    return kind.isBelowCheckpoint();
  }

  boolean isDry() {
    return kind.isDry();
  }

  /** Returns the stream's name, with the lane's number if it has several. */
  String shownName() {
    boolean several = lane > 0 || settings.lanes() > 1;
    return several ? settings.name() + " lane " + lane : settings.name();
  }
}
