package io.stepsync.store;

import java.util.Locale;

/** How a run stands, or how it ended. */
public enum RunStatus {
  /** It is asking windows. */
  RUNNING,
  /** It asked beyond the highest ID and found nothing. */
  CAUGHT_UP,
  /** It was stopped between two windows; the next run goes on there. */
  PAUSED,
  /** It ended with an error; the next run goes on at the checkpoint. */
  FAILED;

  /** Returns the word for it in stepsync's tables, such as {@code caught_up}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
