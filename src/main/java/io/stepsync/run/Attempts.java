package io.stepsync.run;

import io.stepsync.window.IdWindow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests were made for each window that is asked for. Thread-safe. */
final class Attempts {

  private final Map<IdWindow, Integer> byWindow = new ConcurrentHashMap<>();

  void first(IdWindow window) {
    byWindow.put(window, 1);
  }

  /** Nothing is counted where a request is for no window. */
  void again(IdWindow window) {
    if (window != null) {
      byWindow.merge(window, 1, Integer::sum);
    }
  }

  int of(IdWindow window) {
    return byWindow.getOrDefault(window, 0);
  }

  /** A run that has come to {@code firstId} asks only for a few more windows below it. */
  void forgetBelow(long firstId) {
    byWindow.keySet().removeIf(window -> window.lastId() < firstId);
  }
}
