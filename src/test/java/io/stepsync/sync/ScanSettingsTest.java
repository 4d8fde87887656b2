package io.stepsync.sync;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1 |    1 |    1 |  1 |  0 | initialId must be >= 0, was -1",
        " 1 |    0 |    1 |  1 |  0 | stepSize must be >= 1, was 0",
        " 1 | -100 |    1 |  1 |  0 | stepSize must be >= 1, was -100",
        " 1 | 1000 |  999 |  1 |  0 | maxStepSize must be >= stepSize (1000), was 999",
        "10 |    1 |    1 |  9 |  0 | maxId must be >= initialId (10), was 9",
        " 1 |    1 |    1 |  1 | -1 | maxGap must be >= 0, was -1"
      })
  void a_wrong_setting_is_named_with_its_rule_and_its_value(
      long initialId, long stepSize, long maxStepSize, long maxId, long maxGap, String message) {
    assertThatThrownBy(
            () -> new ScanSettings(initialId, stepSize, maxStepSize, maxId, maxGap, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void each_setting_may_stand_on_its_limit() {
    long highest = Long.MAX_VALUE;

    assertThatCode(() -> new ScanSettings(0, 1, 1, 0, 0, 0, 0)).doesNotThrowAnyException();
    assertThatCode(() -> new ScanSettings(highest, highest, highest, highest, highest, 0, 0))
        .doesNotThrowAnyException();
  }
}
