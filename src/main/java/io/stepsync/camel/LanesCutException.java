package io.stepsync.camel;

/** The lane of a run is not there any more as it was: the stream's lanes were cut anew. */
public final class LanesCutException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  LanesCutException() {
    super("the stream's lanes were cut anew");
  }
}
