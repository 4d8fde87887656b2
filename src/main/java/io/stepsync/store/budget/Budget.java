package io.stepsync.store.budget;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that the streams of an account make together, in this process and in others. Each
 * waits for its turn; the streams that wait take turns.
 *
 * <p>Thread-safe.
 */
public final class Budget {

  private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

  /** So often one that waits looks whether that is over. */
  private static final long LOOK = Duration.ofSeconds(1).toNanos();

  /** So long a wait is told of. */
  private static final Duration LONG_WAIT = Duration.ofSeconds(5);

  private final String title;
  private final BudgetLimit limit;
  private final Shared shared;
  private final BooleanSupplier over;
  private final long origin = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final TurnQueue<Waiter> queue = new TurnQueue<>();
  private final Pace pace;
  private int atWork;

  /** What other processes have of the budget. */
  public interface Shared {

    /** There is no other process. */
    Shared NOT = requests -> new Grant(Duration.ZERO, Collections.nCopies(requests, Duration.ZERO));

    /** Takes requests. */
    Grant take(int requests) throws SQLException;

    /** Holds all processes back. */
    default void hold(Duration wait) throws SQLException {}
  }

  /**
   * What a process gets.
   *
   * @param held how long nobody gets any
   * @param waits how long to wait before each request, sorted; empty where it is held back
   */
  public record Grant(Duration held, List<Duration> waits) {}

  private static final class Waiter {

    private final boolean hasPlace;
    private final long since;
    private final Condition turn;

    Waiter(boolean hasPlace, long since, Condition turn) {
      this.hasPlace = hasPlace;
      this.since = since;
      this.turn = turn;
    }
  }

  /**
   * @param title for messages
   * @param over whether nobody is to wait any longer
   */
  Budget(String title, BudgetLimit limit, Shared shared, BooleanSupplier over) {
    this.title = title;
    this.limit = limit;
    this.shared = shared;
    this.over = over;
    this.pace = new Pace(limit);
  }

  /** A request that may be made now; it is under way until it is closed. Thread-safe. */
  public final class Turn implements AutoCloseable {

    private final String stream;
    private boolean closed;

    private Turn(String stream) {
      this.stream = stream;
    }

    /**
     * Waits for another request before this one, which was needed for something else; nobody is
     * served meanwhile.
     *
     * @throws SQLException what the database said that others share the budget through
     */
    public void again() throws SQLException, InterruptedException {
      Budget.this.await(stream, true);
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (!closed) {
          closed = true;
          atWork--;
          wakeFirst();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Waits until a request of a stream may be made.
   *
   * @throws SQLException what the database said that others share the budget through
   * @throws RejectedExecutionException if the Camel context has stopped
   */
  public Turn await(String stream) throws SQLException, InterruptedException {
    await(stream, false);
    return new Turn(stream);
  }

  private void await(String stream, boolean again) throws SQLException, InterruptedException {
    lock.lockInterruptibly();
    Waiter waiter = new Waiter(again, now(), lock.newCondition());
    try {
      if (again) {
        queue.addUrgent(waiter);
      } else {
        queue.add(stream, waiter);
      }
      long wait = waitOf(waiter);
      while (wait > 0) {
        if (over.getAsBoolean()) {
          throw new RejectedExecutionException("stepsync was stopped");
        }
        waiter.turn.awaitNanos(Math.min(wait, LOOK));
        wait = waitOf(waiter);
      }
      pace.take(pace.earliest(waiter.since, now()));
      atWork += again ? 0 : 1;
    } finally {
      queue.remove(stream, waiter);
      wakeFirst();
      lock.unlock();
    }
  }

  /** Returns how long to wait before looking again; at most 0 if it is the waiter's turn. */
  private long waitOf(Waiter waiter) throws SQLException {
    if (queue.first() != waiter || isFull(waiter)) {
      return LOOK;
    }
    long now = now();
    if (pace.heldUntil() > now) {
      return pace.heldUntil() - now;
    }
    if (pace.lacksGrants(now)) {
      ask();
      return waitOf(waiter);
    }
    return pace.earliest(waiter.since, now) - now;
  }

  private boolean isFull(Waiter waiter) {
    return limit.atOnce() > 0 && atWork >= limit.atOnce() && !waiter.hasPlace;
  }

  /** The database may take its time: who is served already goes on meanwhile. */
  private void ask() throws SQLException {
    int requests = pace.portion(now());
    lock.unlock();
    Grant grant;
    try {
      grant = shared.take(requests);
    } finally {
      lock.lock();
    }
    pace.grant(now(), grant.waits());
    pace.hold(now() + grant.held().toNanos());
  }

  private void wakeFirst() {
    Waiter first = queue.first();
    if (first != null) {
      first.turn.signal();
    }
  }

  /**
   * No request is made for {@code wait}, in this process from now on, in the others from when they
   * ask the database next, a second later at most.
   */
  public void holdBack(String stream, Duration wait) {
    lock.lock();
    try {
      long until = now() + wait.toNanos();
      if (until <= pace.heldUntil()) {
        return;
      }
      pace.hold(until);
    } finally {
      lock.unlock();
    }
    if (wait.compareTo(LONG_WAIT) >= 0) {
      LOG.info("{}: no request for {} s, as the API told {}", title, wait.toSeconds(), stream);
    }
    try {
      shared.hold(wait);
    } catch (SQLException e) {
      LOG.warn("{}: other processes are not held back: {}", title, e.getMessage());
    }
  }

  BudgetLimit limit() {
    return limit;
  }

  /** Returns how many requests wait for their turn. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return System.nanoTime() - origin;
  }
}
