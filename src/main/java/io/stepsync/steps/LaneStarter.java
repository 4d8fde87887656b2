package io.stepsync.steps;

import io.stepsync.run.Run;

/**
 * Runs the lanes of a stream other than the lowest, which has begun: a bean of this type in the
 * registry of a Camel context, where no trigger does.
 */
public interface LaneStarter {

  /**
   * Starts the lanes 1 to {@code lanes} − 1; called by the thread that runs {@code lowest}.
   *
   * @param lowest the run of the lowest lane
   */
  void start(Run lowest, int lanes);
}
