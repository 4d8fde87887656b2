package io.stepsync.camel;

import static java.util.stream.Collectors.toSet;

import io.stepsync.store.PerContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/** The streams of a Camel context that no trigger runs, by their names. Thread-safe. */
final class UnscheduledStreams {

  private final Set<String> names = ConcurrentHashMap.newKeySet();

  private UnscheduledStreams() {}

  /** Returns those of {@code context}. */
  static UnscheduledStreams of(CamelContext context) {
    return PerContext.of(context, UnscheduledStreams.class, made -> new UnscheduledStreams());
  }

  void add(String stream) {
    names.add(stream);
  }

  void remove(String stream) {
    names.remove(stream);
  }

  /** Returns these streams, and those that have a trigger. */
  Set<String> andScheduled(CamelContext context) {
    Set<String> all = Trigger.of(context).stream().map(Trigger::stream).collect(toSet());
    all.addAll(names);
    return all;
  }
}
