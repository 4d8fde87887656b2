package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoGrowthTest {
  private final SettableClock clock = new SettableClock();

  @Test
  void it_starts_with_the_records_of_its_settings() {
    assertThat(growth(5, 0, 2).now().highestId()).isEqualTo(5);
  }

  @Test
  void it_grows_with_each_second() {
    DemoGrowth growth = growth(5, 0, 2);
    clock.move(Duration.ofSeconds(10));

    assertThat(growth.now().highestId()).isEqualTo(25);
  }

  @Test
  void it_grows_by_whole_records() {
    DemoGrowth growth = growth(5, 0, 0.5);
    clock.move(Duration.ofMillis(3_999));
    assertThat(growth.now().highestId()).isEqualTo(6);

    clock.move(Duration.ofMillis(1));
    assertThat(growth.now().highestId()).isEqualTo(7);
  }

  @Test
  void the_gaps_go_on_in_what_has_grown() {
    DemoGrowth growth = growth(0, 2, 1);
    clock.move(Duration.ofSeconds(3));

    assertThat(growth.now().ids(1, 100)).containsExactly(1L, 3L, 5L);
  }

  @Test
  void it_never_shrinks_when_the_clock_is_set_back() {
    DemoGrowth growth = growth(5, 0, 1);
    clock.move(Duration.ofSeconds(10));
    assertThat(growth.now().highestId()).isEqualTo(15);

    clock.move(Duration.ofDays(-1));
    assertThat(growth.now().highestId()).isEqualTo(15);
  }

  @Test
  void it_stops_at_the_highest_possible_id() {
    DemoGrowth growth = growth(Long.MAX_VALUE - 3, 0, Double.MAX_VALUE);
    clock.move(Duration.ofDays(1));

    assertThat(growth.now().highestId()).isEqualTo(Long.MAX_VALUE);
  }

  private DemoGrowth growth(long records, int gapEvery, double growPerSecond) {
    return new DemoGrowth(new DemoSettings(0, records, gapEvery, growPerSecond), clock);
  }
}
