package io.stepsync.run;

import io.stepsync.StreamSettings;
import io.stepsync.http.Answer;
import io.stepsync.http.AnswerException;
import io.stepsync.http.Secrets;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.store.budget.Budget;
import io.stepsync.window.IdWindow;
import io.stepsync.window.WindowPlan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run asks of the API, and when. One thread fetches; the other methods are for the threads
 * that ask.
 */
public final class RunRequests implements AutoCloseable {

  private final StreamSettings settings;
  private final Secrets secrets;
  private final StreamMemory memory;
  private final RunLog log;
  private final Scan scan;
  private final boolean refresh;
  private FetchAhead fetchAhead;
  private boolean lowestFirst;
  private final Attempts attempts = new Attempts();

  RunRequests(
      StreamSettings settings, StreamMemory memory, RunLog log, Scan scan, boolean refresh) {
    this.settings = settings;
    this.secrets = settings.request().secrets();
    this.memory = memory;
    this.log = log;
    this.scan = scan;
    this.refresh = refresh;
  }

  /** Tells whether it is known how windows are fetched. */
  public boolean isFetching() {
    return fetchAhead != null;
  }

  public void fetchThrough(FetchAhead ahead) {
    fetchAhead = ahead;
  }

  /** Asks for a window, and for those behind it, and gives it its rows. */
  public WindowRows besides(IdWindow window) throws Exception {
    return fetchAhead.fetchBesides(window).rows();
  }

  public void fetch(OpenWindow window) throws Exception {
    IdWindow asked = window.ids();
    try {
      answer(window);
    } finally {
      window.asked(attempts.of(asked));
      attempts.forgetBelow(asked.firstId());
    }
  }

  private void answer(OpenWindow window) throws Exception {
    Optional<Answer> stored = scan.again().answerTo(window.ids());
    if (stored.isPresent()) {
      window.goneOver(fetchAhead.stored(window.ids(), stored.get()));
      return;
    }
    WindowSource.Fetched fetched =
        fetchAhead.fetch(window.ids(), scan.ahead(settings.fetchAhead()));
    if (settings.scan().openEnded()) {
      requireLowestFirst(window.ids(), fetched.rows());
    }
    WindowPlan plan = scan.plan();
    window.answered(fetched, plan.witnessOf(window.ids()), plan.news(window.ids()));
    if (settings.scan().openEnded()) {
      if (window.rows().records() > 0 || window.rows().isPassedOver() || refresh) {
        window.settleAsAnswered(lastTaken(window.ids()));
      }
    }
  }

  /**
   * An API that is asked for the lowest IDs from one on, up to a limit, but answers with the
   * highest of them, would lose those between. Once a run it is asked for the lowest alone.
   */
  private void requireLowestFirst(IdWindow window, WindowRows rows) throws Exception {
    if (lowestFirst || rows.records() < 2) {
      return;
    }
    IdWindow first = new IdWindow(window.firstId(), window.firstId());
    WindowRows alone = fetchAhead.fetchBesides(first).rows();
    long lowest = rows.lowestId();
    if (alone.records() == 0 || alone.lowestId() != lowest) {
      throw new AnswerException(
          "an API without an upper bound must answer with the lowest IDs first, but asked for one"
              + " record from ID "
              + first.firstId()
              + " on, its lowest was "
              + (alone.records() == 0 ? "none" : alone.lowestId())
              + ", and asked for more it was "
              + lowest);
    }
    lowestFirst = true;
  }

  /** The rows of the window that was fetched last are written, and no longer in memory. */
  public void settled() {
    fetchAhead.settled();
  }

  /** Nothing more is fetched: all room in memory is given back. */
  public void giveBack() {
    if (isFetching()) {
      fetchAhead.giveBack();
    }
  }

  /** Returns the IDs that an answer to {@code asked} may have. */
  public IdWindow answerable(IdWindow asked) {
    return settings.scan().openEnded() ? new IdWindow(asked.firstId(), Long.MAX_VALUE) : asked;
  }

  /** Returns the last ID that is taken from an answer to {@code asked}, itself always included. */
  public long lastTaken(IdWindow asked) {
    return Math.max(asked.lastId(), maxId());
  }

  /** Returns the last ID that is asked for. */
  public long maxId() {
    return scan.plan().maxId();
  }

  /** The first request for {@code window} is about to be made. */
  public void asking(IdWindow window) {
    attempts.first(window);
  }

  /** Returns how long to wait before the next request; its turn is taken with it. */
  Duration turn() {
    return memory.turn(System.nanoTime(), settings.request().retry());
  }

  /**
   * Waits until the stream's budget has a request for this one; nothing where it has no budget.
   *
   * @throws SQLException what the database said that others share the budget through
   */
  public Optional<Budget.Turn> awaitTurn() throws SQLException, InterruptedException {
    return memory.budgets().await(settings.name(), settings.request().retry());
  }

  /** The API told not to ask for {@code wait}, which holds for all of the stream's budget. */
  public void holdBack(Duration wait) {
    memory.budgets().holdBack(settings.name(), settings.request().retry(), wait);
  }

  /**
   * A request that failed is made again after {@code wait}.
   *
   * @param window the window that it is for; null for none
   */
  public void retrying(IdWindow window, Throwable failure, Duration wait) {
    attempts.again(window);
    log.waiting(masked(Failures.message(failure)), wait);
  }

  /** Returns {@code text} without the secrets of the requests, should it repeat them. */
  public String masked(String text) {
    return memory.masked(secrets.masked(text));
  }

  public StreamMemory memory() {
    return memory;
  }

  @Override
  public void close() {
    if (isFetching()) {
      fetchAhead.close();
    }
  }
}
