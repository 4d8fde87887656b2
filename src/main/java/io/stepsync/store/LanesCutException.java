package io.stepsync.store;

/** The lane of a run is not there any more as it was: the stream's lanes were cut again. */
public final class LanesCutException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  public LanesCutException() {
    super("the stream's lanes were cut again");
  }
}
