package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.FixedSeed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CheckpointTest {

  @Test
  void it_moves_to_the_id_behind_the_highest_that_was_seen() {
    assertThat(new Checkpoint(1).movedPast(1500)).isEqualTo(new Checkpoint(1501));
    assertThat(new Checkpoint(0).movedPast(0)).isEqualTo(new Checkpoint(1));
  }

  @Test
  void it_stays_where_it_is_for_an_id_below_it() {
    assertThat(new Checkpoint(1501).movedPast(1500)).isEqualTo(new Checkpoint(1501));
    assertThat(new Checkpoint(1501).movedPast(7)).isEqualTo(new Checkpoint(1501));
  }

  @Test
  void it_stays_on_the_highest_id_of_all_which_has_no_successor() {
    assertThat(new Checkpoint(1).movedPast(Long.MAX_VALUE - 1))
        .isEqualTo(new Checkpoint(Long.MAX_VALUE));
    assertThat(new Checkpoint(1).movedPast(Long.MAX_VALUE))
        .isEqualTo(new Checkpoint(Long.MAX_VALUE));
  }

  @Test
  void a_negative_one_is_refused() {
    assertThatThrownBy(() -> new Checkpoint(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("current_id must be >= 0, was -1");
  }

  @Property(seed = FixedSeed.VALUE)
  void it_never_goes_back_and_never_more_than_one_past_what_was_seen(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long currentId,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long highestId) {
    long moved = new Checkpoint(currentId).movedPast(highestId).currentId();

    assertThat(moved).isGreaterThanOrEqualTo(currentId);
    assertThat(moved - 1).isLessThanOrEqualTo(Math.max(currentId - 1, highestId));
  }
}
