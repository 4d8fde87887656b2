package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DemoSettingsTest {

  @Test
  void the_least_and_the_greatest_values_are_taken() {
    assertThatCode(() -> new DemoSettings(0, 0, 0, 0)).doesNotThrowAnyException();
    assertThatCode(
            () -> new DemoSettings(65535, Long.MAX_VALUE, Integer.MAX_VALUE, Double.MAX_VALUE))
        .doesNotThrowAnyException();
  }

  @Test
  void a_wrong_port_is_refused() {
    refused(-1, 0, 0, 0, "stepsync.demo.port must be 0..65535, was -1");
    refused(65536, 0, 0, 0, "stepsync.demo.port must be 0..65535, was 65536");
  }

  @Test
  void a_wrong_number_of_records_is_refused() {
    refused(0, -1, 0, 0, "stepsync.demo.records must be >= 0, was -1");
  }

  @Test
  void a_wrong_gap_is_refused() {
    refused(0, 0, 1, 0, "stepsync.demo.gap-every must be 0 or >= 2, was 1");
    refused(0, 0, -2, 0, "stepsync.demo.gap-every must be 0 or >= 2, was -2");
  }

  @Test
  void a_wrong_growth_is_refused() {
    refused(0, 0, 0, -0.5, "stepsync.demo.grow-per-second must be >= 0, was -0.5");
    refused(0, 0, 0, Double.NaN, "stepsync.demo.grow-per-second must be >= 0, was NaN");
    refused(
        0,
        0,
        0,
        Double.POSITIVE_INFINITY,
        "stepsync.demo.grow-per-second must be finite, was Infinity");
  }

  private static void refused(
      int port, long records, int gapEvery, double growPerSecond, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DemoSettings(port, records, gapEvery, growPerSecond))
        .withMessage(message);
  }
}
