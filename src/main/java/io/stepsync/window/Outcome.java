package io.stepsync.window;

/** What became of a window that was asked. */
public sealed interface Outcome {

  /** The window that was asked; where answers are open-ended, as far as its answer reaches. */
  IdWindow window();

  /**
   * There was an answer.
   *
   * @param found its records, all in {@code window}; with all that there are, unless the answer
   *     {@link WindowPlan#mayBeCapped may be capped}
   * @param askedAt when it was asked, in milliseconds since 1970
   * @param millis how long the answer took
   */
  record Answered(IdWindow window, FoundIds found, long askedAt, long millis) implements Outcome {

    /**
     * @throws IllegalArgumentException if a record is outside {@code window}
     */
    public Answered {
      boolean inside =
          found.isEmpty() || (window.contains(found.lowest()) && window.contains(found.highest()));
      if (!inside) {
        throw new IllegalArgumentException(found + " must be inside the window " + window);
      }
    }

    long answeredAt() {
      return askedAt + millis;
    }
  }

  /** The API was not asked: what the window held was refused before, and is gone over again. */
  record GoneOver(IdWindow window) implements Outcome {}

  /** The API refused the window for its width. */
  record Refused(IdWindow window) implements Outcome {}

  /** The window could not be answered as it was, but narrower ones may be. */
  record Failed(IdWindow window) implements Outcome {}
}
