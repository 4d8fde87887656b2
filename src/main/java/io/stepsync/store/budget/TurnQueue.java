package io.stepsync.store.budget;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is next: the streams that wait take turns, and of a stream's requests the one that has waited
 * longest is next. So a stream that has one request on its way waits for one of each other stream
 * at most, however many those have.
 *
 * <p>Used by one thread at a time.
 *
 * @param <W> what waits
 */
final class TurnQueue<W> {

  private final Map<String, Deque<W>> byStream = new LinkedHashMap<>();
  private final Deque<W> urgent = new ArrayDeque<>();

  void add(String stream, W waiter) {
    byStream.computeIfAbsent(stream, name -> new ArrayDeque<>()).add(waiter);
  }

  /** Adds what has had its turn, and needs another to make use of it. */
  void addUrgent(W waiter) {
    urgent.add(waiter);
  }

  /** Returns who is next; null for nobody. */
  W first() {
    if (!urgent.isEmpty()) {
      return urgent.peek();
    }
    Iterator<Deque<W>> streams = byStream.values().iterator();
    return streams.hasNext() ? streams.next().peek() : null;
  }

  /** Takes out what waits no longer; if its stream was next, another is. */
  void remove(String stream, W waiter) {
    if (urgent.remove(waiter)) {
      return;
    }
    Deque<W> waiting = byStream.get(stream);
    boolean wasFirst =
        byStream.keySet().iterator().next().equals(stream) && waiting.peek() == waiter;
    waiting.remove(waiter);
    if (wasFirst || waiting.isEmpty()) {
      byStream.remove(stream);
    }
    if (wasFirst && !waiting.isEmpty()) {
      byStream.put(stream, waiting); // behind all others
    }
  }

  int size() {
    return urgent.size() + byStream.values().stream().mapToInt(Deque::size).sum();
  }
}
