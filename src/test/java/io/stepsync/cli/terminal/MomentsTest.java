package io.stepsync.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T12:00:00Z, now",
    "2026-11-24T11:59:57Z, 3 s ago",
    "2026-11-24T12:00:12Z, in 12 s",
    "2026-11-24T11:10:00Z, 50 min ago",
    "2026-11-23T13:00:00Z, 23 h ago",
    "2026-11-29T12:00:00Z, in 5 d",
  })
  void a_distance_is_rough(Instant moment, String text) {
    assertThat(Moments.distance(moment, NOW)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1349, 1.3 s", "125000, 2 min 5 s", "12000000, 3 h 20 min"})
  void a_duration_has_its_two_largest_units(long millis, String text) {
    assertThat(Moments.duration(millis)).isEqualTo(text);
  }
}
