package io.stepsync.store.budget;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * When the next request may be made: by the limit, by what was held back, and, where other
 * processes make requests as well, by the moments that this one was granted. Those are asked for
 * ahead, as many as about a second has, so that not each request needs the database; one that is
 * not used in time is lost.
 *
 * <p>All times are nanoseconds since the same moment. Used by one thread at a time.
 */
final class Pace {

  private static final long AHEAD = Duration.ofSeconds(1).toNanos();

  /** A thread may wake up so late. */
  private static final long LATE = Duration.ofMillis(100).toNanos();

  private final long interval;
  private final long burst;

  /** When the next request would be made if all were evenly spaced: the generic cell rate. */
  private long evenly;

  private long heldUntil;
  private final Deque<Long> granted = new ArrayDeque<>();
  private int portion;
  private boolean lost;
  private long askedAt;

  Pace(BudgetLimit limit) {
    interval = limit.interval().toNanos();
    burst = (limit.burst() - 1) * interval;
  }

  /** No request is made before {@code time}. */
  void hold(long time) {
    heldUntil = Math.max(heldUntil, time);
  }

  long heldUntil() {
    return heldUntil;
  }

  /** Tells whether no moment is granted that can be used now or later. */
  boolean lacksGrants(long now) {
    while (!granted.isEmpty() && granted.peek() < now - Math.max(interval, LATE)) {
      granted.remove();
      lost = true;
    }
    return granted.isEmpty();
  }

  /** Returns how many moments to ask for: twice as many as before, as long as all are used. */
  int portion(long now) {
    boolean steady = portion > 0 && !lost && now - askedAt <= 2 * AHEAD;
    portion = steady ? (int) Math.min(2L * portion, Math.max(1, AHEAD / interval)) : 1;
    lost = false;
    askedAt = now;
    return portion;
  }

  /**
   * @param waits from {@code now} on, sorted
   */
  void grant(long now, List<Duration> waits) {
    waits.forEach(wait -> granted.add(now + wait.toNanos()));
  }

  /**
   * Returns when a request may be made that came at {@code since}. A moment that has just passed is
   * as good as now, or each thread that wakes up late would slow all others down.
   */
  long earliest(long since, long now) {
    long byLimit = Math.max(evenly - burst, Math.max(since, now - interval));
    long byGrant = granted.isEmpty() ? byLimit : Math.max(byLimit, granted.peek());
    return Math.max(byGrant, heldUntil);
  }

  /** A request is made, which was due at {@code time}. */
  void take(long time) {
    evenly = Math.max(evenly, time) + interval;
    granted.poll();
  }
}
