package io.stepsync.run;

import io.stepsync.http.Answer;
import io.stepsync.window.IdWindow;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;

/**
 * The windows of a run that are asked for: the current one, and those behind it, which are asked
 * for while it is written. An answer to a window that is not asked after all is thrown away; so is
 * one that was asked ahead where the current window needs its room, and asked again in its turn.
 *
 * <p>Used by one thread at a time; {@link #giveBack} is for any.
 */
public final class FetchAhead implements AutoCloseable {

  /** What an answer is taken for as long as the run has seen none, in bytes. */
  private static final long FIRST_GUESS = 1 << 16;

  /** The part of the longest answer that is forgotten with each that is shorter. */
  private static final long FORGOTTEN = 8;

  private final CamelContext context;
  private final WindowSource source;
  private final AnswerRoom room;
  private final ExecutorService threads;
  private final Map<IdWindow, Asked> ahead = new ConcurrentHashMap<>();
  private volatile Asked atWork;
  private long longest = FIRST_GUESS;

  public FetchAhead(CamelContext context, WindowSource source, AnswerRoom room, int mostAhead) {
    this.context = context;
    this.source = source;
    this.room = room;
    this.threads =
        mostAhead == 0
            ? null
            : context
                .getExecutorServiceManager()
                .newThreadPool(this, "stepsync-fetch", mostAhead + 1, mostAhead + 1);
  }

  /**
   * Returns the answer to a window, with its rows. Waits until there is room for it, and asks for
   * those behind it as far as there is room now.
   *
   * @param behind the windows that will be asked behind it, as far as can be told
   */
  WindowSource.Fetched fetch(IdWindow window, Collection<IdWindow> behind) throws Exception {
    settled();
    ahead.keySet().stream()
        .filter(old -> !old.equals(window) && !behind.contains(old))
        .forEach(this::giveUp);
    try {
      atWork = atWork(window);
      behind.forEach(this::begin);
      return read(window, atWork.answer());
    } catch (AnswerRoom.NoRoomException e) {
      longest = Math.max(longest, e.bytes());
      return fetchAlone(window);
    }
  }

  /** As {@link #fetch}, but besides what is asked ahead, and wherever there is room. */
  WindowSource.Fetched fetchBesides(IdWindow window) throws Exception {
    return source.read(window, source.answer(window));
  }

  /** Returns the stored record that stands for the answer to a window, with its row. */
  WindowSource.Fetched stored(IdWindow window, Answer stored) throws Exception {
    return source.readStored(window, stored);
  }

  /** The answer that was fetched last is no longer in memory. */
  void settled() {
    Asked done = atWork;
    atWork = null;
    if (done != null) {
      done.giveUp();
    }
  }

  /** The window was taken for shorter than it is: nothing else is kept while it is asked again. */
  private WindowSource.Fetched fetchAlone(IdWindow window) throws Exception {
    settled();
    giveUpAll();
    atWork = new Asked(source, window, room.awaitAlone());
    return read(window, atWork.answer());
  }

  private WindowSource.Fetched read(IdWindow window, WindowSource.Fetched fetched)
      throws Exception {
    longest = Math.max(fetched.bytes(), longest - longest / FORGOTTEN);
    return source.read(window, fetched);
  }

  private Asked atWork(IdWindow window) throws InterruptedException {
    Asked early = ahead.remove(window);
    if (early != null && early.toWork(this::giveUpAll)) {
      return early;
    }
    Optional<AnswerRoom.Place> now = room.atWorkNow(longest);
    if (now.isEmpty()) {
      giveUpAll(); // who waits has no place
    }
    AnswerRoom.Place place = now.isPresent() ? now.get() : room.awaitAtWork(longest);
    Asked asked = new Asked(source, window, place);
    asked.toWork(this::giveUpAll);
    return threads == null ? asked : asked.begin(threads);
  }

  private void begin(IdWindow window) {
    if (threads != null && !ahead.containsKey(window)) {
      room.ahead(longest)
          .map(place -> new Asked(source, window, place).begin(threads))
          .ifPresent(asked -> ahead.put(window, asked));
    }
  }

  private void giveUpAll() {
    ahead.keySet().forEach(this::giveUp);
  }

  private void giveUp(IdWindow window) {
    Asked asked = ahead.remove(window);
    if (asked != null) {
      asked.giveUp();
    }
  }

  /** Throws away what was asked. */
  void giveBack() {
    giveUpAll();
    settled();
  }

  /** The run is over: all room is given back. */
  @Override
  public void close() {
    if (threads != null) {
      context.getExecutorServiceManager().shutdownNow(threads);
    }
    giveBack();
    source.close();
  }
}
