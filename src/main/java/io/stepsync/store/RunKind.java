package io.stepsync.store;

import java.util.Locale;

/** What a run is for. */
public enum RunKind {
  /** It goes on at the checkpoint, for new records. */
  SYNC,
  /** It reads all IDs below the checkpoint again, for rows that changed or were deleted. */
  REFRESH,
  /** It sends the dead letters through the checks and the upsert again. */
  RETRY,
  /** It goes on at the checkpoint, and writes nothing. */
  DRY_RUN,
  /** It reads all IDs below the checkpoint again, and writes nothing. */
  DRY_REFRESH,
  /** It reads some IDs below the checkpoint again, for rows that changed or were deleted. */
  PART,
  /** It reads some IDs below the checkpoint again, and writes nothing. */
  DRY_PART,
  /** It compares what lies below the checkpoint with the table, and writes nothing there. */
  VERIFY;

  /** Tells whether a run of this kind writes nothing. */
  public boolean isDry() {
    return this == DRY_RUN || this == DRY_REFRESH || this == DRY_PART || this == VERIFY;
  }

  /** Tells whether a run of this kind reads what lies below the checkpoint. */
  public boolean isBelowCheckpoint() {
    return this == REFRESH || this == DRY_REFRESH || isPart() || this == VERIFY;
  }

  /** Tells whether a run of this kind refreshes some IDs only, and no position is kept for it. */
  public boolean isPart() {
    return this == PART || this == DRY_PART;
  }

  /** Returns the kind as it stands in the tables and in the exchange variable {@code kind}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #text} gives; nothing is a sync. */
  public static RunKind parse(String text) {
    return text == null ? SYNC : valueOf(text.toUpperCase(Locale.ROOT));
  }
}
