package io.stepsync.run;

import io.stepsync.window.IdWindow;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * A window that is asked for, and the place of its answer in memory.
 *
 * <p>Asked by one thread, awaited by another one, given up by any.
 */
final class Asked {

  private final WindowSource source;
  private final IdWindow window;
  private final AnswerRoom.Place place;
  private Future<?> future;
  private volatile WindowSource.Fetched fetched;

  Asked(WindowSource source, IdWindow window, AnswerRoom.Place place) {
    this.source = source;
    this.window = window;
    this.place = place;
  }

  /** Has another thread ask; else it is done by the one that wants the answer. */
  Asked begin(ExecutorService threads) {
    future = threads.submit(this::ask);
    return this;
  }

  private Void ask() throws Exception {
    try {
      fetched = source.ask(window, place);
    } catch (AnswerRoom.NoRoomException e) {
      place.leave();
      throw e;
    } catch (Exception e) {
      place.settle(0);
      throw e;
    }
    if (place.isLeft()) {
      fetched = null;
    }
    return null;
  }

  /** Its turn has come; tells whether it was not given up. See {@link AnswerRoom.Place#toWork}. */
  boolean toWork(Runnable makeRoom) {
    place.toWork(makeRoom);
    return !place.isLeft();
  }

  /**
   * Returns the answer, once it is there; it is not held here any more.
   *
   * @throws AnswerRoom.NoRoomException if it was longer than there was room for
   * @throws Exception what the request failed with
   */
  WindowSource.Fetched answer() throws Exception {
    if (future == null) {
      ask();
    } else {
      await();
    }
    WindowSource.Fetched answer = fetched;
    fetched = null;
    if (answer == null) {
      throw new AnswerRoom.NoRoomException(0);
    }
    return answer;
  }

  private void await() throws Exception {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The answer is not wanted, or no longer in memory. */
  void giveUp() {
    place.leave();
    fetched = null;
  }
}
