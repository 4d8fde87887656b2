package io.stepsync.run;

import io.stepsync.http.AccessToken;
import io.stepsync.http.RetrySettings;
import io.stepsync.http.Secrets;
import io.stepsync.store.PerContext;
import io.stepsync.store.budget.Budgets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * What a Camel context remembers of a stream from one run to the next: its access token, when it
 * made its last request, how many of its runs have failed in a row, which of its fields were told
 * not to be copied, and its meters. It is lost with the process.
 *
 * <p>Thread-safe.
 */
public final class StreamMemory {

  /** The pause after the second failure in a row; each further one doubles it. */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  private static final int MOST_DOUBLINGS = 30;
  private static final int MOST_TOLD = 1000;

  /** How long runs in which nothing changed are not told of after one was. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Meters meters;
  private final Budgets budgets;
  private AccessToken token;
  private long nextRequest = System.nanoTime();
  private final Map<Integer, Failing> failing = new HashMap<>();
  private final Set<String> toldUncopied = new HashSet<>();
  private final Map<Integer, String> running = new HashMap<>();
  private final Map<Integer, Instant> quietSince = new HashMap<>();
  private boolean closed;
  private boolean paused;
  private boolean agreedOnLanes;

  /** How many runs of a lane have failed in a row, and when the next is tried at the earliest. */
  private record Failing(int runs, Instant notBefore) {
    static final Failing NOT = new Failing(0, Instant.MIN);
  }

  private StreamMemory(Meters meters, Budgets budgets) {
    this.meters = meters;
    this.budgets = budgets;
  }

  /** A run cannot begin, as another of the same lane goes on. */
  public static final class BusyException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    BusyException() {
      super("another run of this stream goes on");
    }
  }

  private static final class StreamMemories {
    private final ConcurrentHashMap<String, StreamMemory> byStream = new ConcurrentHashMap<>();
  }

  /** Returns what {@code context} remembers of a stream. */
  public static StreamMemory of(CamelContext context, String stream) {
    return memories(context)
        .computeIfAbsent(
            stream, name -> new StreamMemory(Meters.of(context, name), Budgets.of(context)));
  }

  private static ConcurrentHashMap<String, StreamMemory> memories(CamelContext context) {
    return PerContext.of(context, StreamMemories.class, made -> new StreamMemories()).byStream;
  }

  /** Begins again with a stream: of what was remembered, only the pace of its requests is kept. */
  public static void renew(CamelContext context, String stream) {
    memories(context).computeIfPresent(stream, (name, memory) -> memory.renewed());
  }

  private synchronized StreamMemory renewed() {
    StreamMemory next = new StreamMemory(meters, budgets);
    next.nextRequest = nextRequest;
    return next;
  }

  /** The stream is edited: its runs end, and none starts before there is another memory. */
  public synchronized void close() {
    closed = true;
  }

  /** Tells whether the runs of the stream are to end. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Returns what counts the stream's runs. */
  public Meters meters() {
    return meters;
  }

  /** Returns the requests that it shares with other streams and processes. */
  Budgets budgets() {
    return budgets;
  }

  /** Returns the access token, from {@code source} where there is none that is valid. */
  public synchronized String token(Instant now, Callable<AccessToken> source) throws Exception {
    if (token == null || token.isOver(now)) {
      token = source.call();
    }
    return token.text();
  }

  /** Returns {@code text} without the access token, should it repeat it. */
  synchronized String masked(String text) {
    return token == null ? text : Secrets.of(List.of(token.text())).masked(text);
  }

  /** The API did not take the token: another one is asked for. */
  public synchronized void forgetToken() {
    token = null;
  }

  /**
   * Returns how long to wait with the next request, whose turn is taken with it.
   *
   * @param now what {@link System#nanoTime} gives
   */
  synchronized Duration turn(long now, RetrySettings retry) {
    long at = nextRequest - now > 0 ? nextRequest : now;
    nextRequest = at + retry.interval().toNanos();
    return Duration.ofNanos(at - now);
  }

  /**
   * A run of a lane begins.
   *
   * @throws BusyException if another goes on
   */
  public synchronized void begin(int lane, String run) {
    if (running.putIfAbsent(lane, run) != null) {
      throw new BusyException();
    }
  }

  /** A run of a lane is over, or was before. */
  public synchronized void end(int lane, String run) {
    running.remove(lane, run);
  }

  /** Tells whether a run goes on that began in this context. */
  public synchronized boolean isRunning() {
    return !running.isEmpty();
  }

  /** A run of a lane was caught up, or paused. */
  public synchronized void succeeded(int lane) {
    failing.remove(lane);
  }

  /**
   * A run of a lane failed; returns when the next is tried at the earliest, where that is not at
   * once.
   */
  synchronized Optional<Instant> failed(int lane, Instant now, Duration longest) {
    int runs = failures(lane) + 1;
    if (runs < 2 || longest.isZero()) {
      failing.put(lane, new Failing(runs, Instant.MIN));
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(runs - 2, MOST_DOUBLINGS));
    Instant notBefore = now.plus(pause.compareTo(longest) > 0 ? longest : pause);
    failing.put(lane, new Failing(runs, notBefore));
    return Optional.of(notBefore);
  }

  /**
   * Returns {@code fields}, which are not copied, if one of them was not told before; else nothing,
   * as a run may come each half minute.
   */
  synchronized Set<String> untold(Set<String> fields) {
    return toldUncopied.size() < MOST_TOLD && toldUncopied.addAll(fields) ? fields : Set.of();
  }

  /** Tells whether no run of the lane was there before in this process, and notes that one is. */
  synchronized boolean isFirstRun(int lane) {
    return quietSince.putIfAbsent(lane, Instant.MIN) == null;
  }

  /**
   * Tells whether a run of a lane in which nothing changed is told of, as none was for a minute.
   */
  synchronized boolean isTimeToTell(int lane, Instant now) {
    Instant last = quietSince.getOrDefault(lane, Instant.MIN);
    boolean isTime = last.equals(Instant.MIN) || !now.isBefore(last.plus(QUIET));
    if (isTime) {
      quietSince.put(lane, now);
    }
    return isTime;
  }

  /** Returns how many runs of a lane have failed in a row. */
  synchronized int failures(int lane) {
    return failing.getOrDefault(lane, Failing.NOT).runs();
  }

  /** The stream is cut into lanes as this process has it in its files, or others have it newer. */
  public synchronized void agreeOnLanes() {
    agreedOnLanes = true;
  }

  /** Tells whether how others cut the stream is left as it is. */
  synchronized boolean hasAgreedOnLanes() {
    return agreedOnLanes;
  }

  /**
   * Tells whether the stream is paused now, and was not when this was asked before; or reversely.
   */
  public synchronized boolean isNews(boolean isPaused) {
    boolean news = isPaused != paused;
    paused = isPaused;
    return news;
  }

  /**
   * Tells whether a lane's trigger is to be passed over, as its runs fail, it is edited or runs.
   */
  public synchronized boolean isPausing(int lane, Instant now) {
    return closed
        || running.containsKey(lane)
        || now.isBefore(failing.getOrDefault(lane, Failing.NOT).notBefore());
  }
}
