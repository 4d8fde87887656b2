package io.stepsync.sync;

import java.util.Optional;

/**
 * Which window a run asks next, and where its checkpoint stands. The whole of it is arithmetic:
 * each answer makes a new plan out of the old one.
 *
 * <p>A window with records moves the checkpoint past the highest of them and sets the width back to
 * the step size. An empty window leaves the checkpoint and doubles the width, so that a gap of G
 * IDs costs about log2(G / stepSize) requests. The scan position moves past the window either way,
 * so that a run never asks for an ID twice.
 *
 * <p>Immutable.
 */
public final class WindowPlan {

  private final ScanSettings settings;
  private final Checkpoint checkpoint;
  private final long position;
  private final long width;
  private final boolean caughtUp;

  private WindowPlan(
      ScanSettings settings, Checkpoint checkpoint, long position, long width, boolean caughtUp) {
    this.settings = settings;
    this.checkpoint = checkpoint;
    this.position = position;
    this.width = width;
    this.caughtUp = caughtUp;
  }

  /** Returns the plan of a run that starts at {@code checkpoint}. */
  public static WindowPlan startingAt(Checkpoint checkpoint, ScanSettings settings) {
    long position = checkpoint.currentId();
    return new WindowPlan(
        settings, checkpoint, position, settings.stepSize(), position > settings.maxId());
  }

  /** Returns the window to ask now, or nothing when the run is caught up. */
  public Optional<IdWindow> next() {
    return caughtUp
        ? Optional.empty()
        : Optional.of(IdWindow.of(position, width, settings.maxId()));
  }

  /**
   * Returns the plan after {@code window}, the one that {@link #next} gave, was answered with
   * records.
   *
   * @param highestId the highest ID among them, a refused record's included
   * @throws IllegalArgumentException if {@code highestId} is outside {@code window}
   */
  public WindowPlan found(IdWindow window, long highestId) {
    if (!window.contains(highestId)) {
      throw new IllegalArgumentException(highestId + " is outside the window " + window);
    }
    return after(window, checkpoint.movedPast(highestId), settings.stepSize(), false);
  }

  /** Returns the plan after {@code window}, the one that {@link #next} gave, held no record. */
  public WindowPlan foundNothing(IdWindow window) {
    long doubled = width > settings.maxStepSize() / 2 ? settings.maxStepSize() : 2 * width;
    long unusedInARow = window.lastId() - checkpoint.currentId() + 1;
    return after(window, checkpoint, doubled, unusedInARow >= settings.maxGap());
  }

  private WindowPlan after(
      IdWindow window, Checkpoint reached, long nextWidth, boolean gapTooWide) {
    boolean end = window.lastId() >= settings.maxId();
    long nextPosition = end ? window.lastId() : window.lastId() + 1;
    return new WindowPlan(settings, reached, nextPosition, nextWidth, end || gapTooWide);
  }

  /** Returns the checkpoint that the windows answered so far allow. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }
}
