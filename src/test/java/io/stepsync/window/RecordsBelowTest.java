package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsBelowTest {

  @Test
  void with_the_ids_above_it_begins_where_it_did_and_has_the_records_of_both() {
    assertThat(new RecordsBelow(10, 3).and(new RecordsBelow(20, 4)))
        .isEqualTo(new RecordsBelow(10, 7));
  }

  @Test
  void nothing_adds_no_record() {
    assertThat(new RecordsBelow(10, 3).and(RecordsBelow.NOTHING))
        .isEqualTo(new RecordsBelow(10, 3));
  }

  @Test
  void records_may_be_known_from_id_0_and_ids_may_be_known_to_be_unused() {
    assertThat(new RecordsBelow(0, 3).records()).isEqualTo(3);
    assertThat(new RecordsBelow(3, 0).firstId()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, -1"})
  void a_negative_one_is_refused(long firstId, long records) {
    assertThatThrownBy(() -> new RecordsBelow(firstId, records))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("firstId and records must be >= 0, was %d and %d".formatted(firstId, records));
  }
}
