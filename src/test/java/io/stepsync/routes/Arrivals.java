package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When the requests arrived at an API. */
final class Arrivals {

  /** Waits are whole milliseconds. */
  private static final Duration CUT_OFF = Duration.ofMillis(1);

  private final long start = System.nanoTime();
  private final List<Duration> times = new CopyOnWriteArrayList<>();

  Arrivals() {}

  Arrivals(RangeApi api) {
    api.onRequest(this::arrived);
  }

  void arrived() {
    times.add(Duration.ofNanos(System.nanoTime() - start));
  }

  /** However late they are: at no time have more arrived than the rate allows since the start. */
  void assertNoMoreThan(int requestsPerSecond) {
    Duration interval = Duration.ofSeconds(1).dividedBy(requestsPerSecond);
    List<Duration> sorted = times.stream().sorted().toList();
    assertThat(sorted).hasSizeGreaterThan(1);
    for (int i = 0; i < sorted.size(); i++) {
      assertThat(sorted.get(i))
          .as("request %d of %s", i, sorted)
          .isGreaterThanOrEqualTo(interval.multipliedBy(i).minus(CUT_OFF));
    }
  }
}
