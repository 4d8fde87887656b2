package io.stepsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountersTest {

  private static final Duration TOOK = Duration.ofMillis(1500);

  @Test
  void what_a_run_has_none_of_is_not_told() {
    assertThat(new Counters(10, 0, 0, 0, 0, 0, 20, 1, 1023).told(TOOK))
        .isEqualTo("10 windows, 0 records in 1.5 s");
    assertThat(new Counters(3, 3000, 2990, 7, 1, 3, 20, 1, 3000).told(TOOK))
        .isEqualTo(
            "3 windows, 3000 records, 2990 upserted, 7 unchanged, 1 deleted, 3 dead letters,"
                + " 2000 rows/s in 1.5 s");
  }

  @Test
  void lanes_are_told_together() {
    Counters one = new Counters(1, 2, 3, 4, 5, 6, 7, 8, 9);

    assertThat(one.and(new Counters(10, 20, 30, 40, 50, 60, 70, 80, 90)))
        .isEqualTo(new Counters(11, 22, 33, 44, 55, 66, 77, 8, 90));
  }
}
