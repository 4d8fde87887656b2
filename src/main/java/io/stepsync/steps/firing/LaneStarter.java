package io.stepsync.steps.firing;

import io.stepsync.run.Run;

/**
 * Runs the lanes of a stream other than the lowest, which has begun, where no trigger does: the
 * exchange variable {@code laneStarter} of the lowest's run.
 */
public interface LaneStarter {

  /**
   * Starts the lanes 1 to {@code lanes} − 1; called by the thread that runs {@code lowest}.
   *
   * @param lowest the run of the lowest lane
   */
  void start(Run lowest, int lanes);
}
