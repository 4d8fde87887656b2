package io.stepsync.store.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a stream, a lane or a refresh stands, by the words that all who show it use. */
public enum StreamState {
  /** A run of it is under way. */
  RUNNING,
  /** Its trigger is passed over. */
  PAUSED,
  /** All that there was is copied. */
  CAUGHT_UP,
  /** Its last run was stopped between two windows. */
  STOPPED,
  /** Its last run ended with an error. */
  FAILED,
  /** The process of its last run was killed. */
  BROKEN_OFF,
  /** Its last run has no end, and it cannot be known here whether its process is still there. */
  RUNNING_OR_BROKEN_OFF,
  /** It had no run yet. */
  NEVER_RUN;

  /** Returns its name for programs, such as {@code caught_up}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns its name for people, such as {@code caught up}. */
  public String words() {
    return text().replace('_', ' ');
  }

  /** Returns the state in which a run leaves its stream, for which paused means something else. */
  static StreamState after(String runStatus) {
    return runStatus.equals("paused") ? STOPPED : valueOf(runStatus.toUpperCase(Locale.ROOT));
  }
}
