package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;
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
        "-1 |    1 |    1 |  1 |  0 |  0 |  0 | initialId must be >= 0, was -1",
        " 1 |    0 |    1 |  1 |  0 |  0 |  0 | stepSize must be >= 1, was 0",
        " 1 | -100 |    1 |  1 |  0 |  0 |  0 | stepSize must be >= 1, was -100",
        " 1 | 1000 |  999 |  1 |  0 |  0 |  0 | maxStepSize must be >= stepSize (1000), was 999",
        "10 |    1 |    1 |  9 |  0 |  0 |  0 | maxId must be >= initialId (10), was 9",
        " 1 |    1 |    1 |  1 | -1 |  0 |  0 | maxGap must be >= 0, was -1",
        " 1 |    1 |    1 |  1 |  0 | -1 |  0 | lookback must be >= 0, was -1",
        " 1 |    1 |    1 |  1 |  0 |  0 | -1 | responseLimit must be >= 0, was -1"
      })
  void a_wrong_setting_is_named_with_its_rule_and_its_value(
      long initialId,
      long stepSize,
      long maxStepSize,
      long maxId,
      long maxGap,
      long lookback,
      long responseLimit,
      String message) {
    assertThatThrownBy(
            () ->
                new ScanSettings(
                    initialId, stepSize, maxStepSize, maxId, maxGap, lookback, responseLimit))
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

  @Test
  void a_run_that_knows_the_head_goes_up_to_it_and_no_gap_ends_it() {
    ScanSettings settings = scan(1, 1000, 5);

    assertThat(settings.upTo(700))
        .isEqualTo(new ScanSettings(1, 10, 100, 700, Long.MAX_VALUE, 5, 50));
    assertThat(settings.upTo(2000).maxId()).isEqualTo(1000);
  }

  @Test
  void a_head_below_the_first_id_leaves_one_id_to_ask() {
    assertThat(scan(100, 1000, 5).upTo(0).maxId()).isEqualTo(100);
  }

  @Test
  void a_run_over_what_is_settled_ends_below_the_checkpoint_and_looks_back_no_further() {
    assertThat(scan(1, 1000, 5).below(new Checkpoint(301)))
        .isEqualTo(new ScanSettings(1, 10, 100, 300, Long.MAX_VALUE, 0, 50));
  }

  @Test
  void a_run_starts_as_many_ids_below_the_checkpoint_as_it_looks_back() {
    assertThat(scan(1, 1000, 5).firstIdFor(new Checkpoint(301))).isEqualTo(296);
    assertThat(scan(1, 1000, 0).firstIdFor(new Checkpoint(301))).isEqualTo(301);
  }

  @Test
  void a_run_never_starts_below_the_first_id() {
    assertThat(scan(299, 1000, 5).firstIdFor(new Checkpoint(301))).isEqualTo(299);
    assertThat(scan(0, 1000, Long.MAX_VALUE).firstIdFor(new Checkpoint(301))).isZero();
    assertThat(scan(299, 1000, 5).firstIdFor(new Checkpoint(0))).isEqualTo(299);
  }

  private static ScanSettings scan(long initialId, long maxId, long lookback) {
    return new ScanSettings(initialId, 10, 100, maxId, 200, lookback, 50);
  }
}
