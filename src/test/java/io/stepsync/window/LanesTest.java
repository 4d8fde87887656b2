package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final long OPEN = Long.MAX_VALUE;

  private static Lane lane(long firstId, long lastId, long checkpoint) {
    return new Lane(firstId, lastId, new Checkpoint(checkpoint), RecordsBelow.NOTHING, firstId);
  }

  private static Lanes lanes(Lane... all) {
    return new Lanes(List.of(all));
  }

  @Test
  void a_stream_is_cut_into_ranges_that_differ_by_a_step_at_most() {
    assertThat(Lanes.from(1).cut(4, 1000, 10_000).all())
        .containsExactly(
            lane(0, 3000, 1),
            lane(3001, 6000, 3001),
            lane(6001, 8000, 6001),
            lane(8001, OPEN, 8001));
  }

  @Test
  void a_lane_has_a_step_at_least() {
    assertThat(Lanes.from(1).cut(8, 1000, 1500).all())
        .containsExactly(lane(0, 1000, 1), lane(1001, OPEN, 1001));
    assertThat(Lanes.from(1).cut(8, 1000, 0)).isEqualTo(Lanes.from(1));
  }

  @Test
  void more_lanes_cut_what_is_not_settled_where_it_is_longest() {
    Lanes half = lanes(lane(0, 5000, 4001), lane(5001, OPEN, 6001));

    assertThat(half.cut(4, 1000, 10_000).all())
        .containsExactly(
            lane(0, 5000, 4001),
            lane(5001, 8000, 6001),
            lane(8001, 9000, 8001),
            lane(9001, OPEN, 9001));
  }

  @Test
  void a_settled_lane_is_joined_with_the_one_behind_it_and_so_is_an_untouched_one() {
    Lanes all = lanes(lane(0, 2000, 2001), lane(2001, 4000, 2500), lane(4001, OPEN, 4001));

    assertThat(all.cut(1, 1000, 10_000).all()).containsExactly(lane(0, OPEN, 2500));
  }

  @Test
  void lanes_that_are_half_settled_stay_apart_even_if_there_are_more_than_wanted() {
    Lanes all = lanes(lane(0, 2000, 1500), lane(2001, 4000, 2500), lane(4001, OPEN, 5000));

    assertThat(all.cut(2, 1000, 10_000)).isEqualTo(all);
  }

  @Test
  void a_refresh_under_way_keeps_its_lane_apart_from_the_one_before_it() {
    Lane refreshed = new Lane(2001, OPEN, new Checkpoint(9000), new RecordsBelow(8000, 7), 3001);

    assertThat(lanes(lane(0, 2000, 2001), refreshed).cut(1, 1000, 10_000).all())
        .containsExactly(lane(0, 2000, 2001), refreshed);
    assertThat(
            lanes(
                    new Lane(0, 2000, new Checkpoint(2001), RecordsBelow.NOTHING, 900),
                    lane(2001, OPEN, 9000))
                .cut(1, 1000, 10_000)
                .all())
        .containsExactly(new Lane(0, OPEN, new Checkpoint(9000), RecordsBelow.NOTHING, 900));
  }

  @Test
  void the_checkpoint_of_all_is_the_first_id_that_is_not_settled() {
    Lanes all = lanes(lane(0, 2000, 2001), lane(2001, 4000, 2500), lane(4001, OPEN, 4001));

    assertThat(all.checkpoint()).isEqualTo(new Checkpoint(2500));
    assertThat(all.reached()).isEqualTo(new Checkpoint(2500));
    assertThat(all.unsettled(5000)).isEqualTo(1501 + 1000);
    assertThat(all.isSettledButForHighest()).isFalse();
    assertThat(Lanes.from(7).checkpoint()).isEqualTo(new Checkpoint(7));
  }

  @Test
  void lanes_that_leave_ids_out_or_have_them_twice_are_refused() {
    assertThatThrownBy(() -> lanes(lane(0, 10, 1), lane(12, OPEN, 12)))
        .hasMessage("a lane must begin behind the one before it, at 11, was 12");
    assertThatThrownBy(() -> lanes(lane(0, 10, 1), lane(10, OPEN, 10)))
        .hasMessage("a lane must begin behind the one before it, at 11, was 10");
    assertThatThrownBy(() -> lanes(lane(0, OPEN, 1), lane(0, OPEN, 1)))
        .hasMessage("a lane must begin behind the one before it, at -1, was 0");
    assertThatThrownBy(() -> lanes(lane(0, 10, 1)))
        .hasMessage("the highest lane must be open-ended");
    assertThatThrownBy(() -> lanes()).hasMessage("the highest lane must be open-ended");
    assertThatThrownBy(() -> lane(5, 10, 4))
        .hasMessage(
            "a lane must be 0 <= firstId <= lastId, checkpoint and refresh from firstId on, was 5,"
                + " 10, 4, 5");
  }

  @Test
  void a_part_more_goes_to_the_range_whose_parts_are_longest() {
    assertThat(new LaneShares(List.of(10L, 6L)).of(3)).containsExactly(2, 1);
    assertThat(new LaneShares(List.of(6L, 10L)).of(3)).containsExactly(1, 2);
    assertThat(new LaneShares(List.of(10L, 6L)).of(4)).containsExactly(2, 2);
    assertThat(new LaneShares(List.of(10L, 6L)).of(5)).containsExactly(3, 2);
    assertThat(new LaneShares(List.of(10L, 10L)).of(3)).containsExactly(2, 1);
    assertThat(new LaneShares(List.of(1L, 0L, 2L)).of(9)).containsExactly(1, 1, 2);
  }

  @Test
  void a_lane_is_another_where_it_begins_or_ends_elsewhere() {
    Lane lane = lane(10, 20, 10);

    assertThat(lane.hasIdsOf(lane(10, 20, 15))).isTrue();
    assertThat(lane.hasIdsOf(lane(10, 30, 10))).isFalse();
    assertThat(lane.hasIdsOf(lane(5, 20, 10))).isFalse();
  }

  @Test
  void a_lane_is_closed_only_where_an_id_behind_it_is_known_to_be_in_use() {
    ScanSettings stream = new ScanSettings(1, 9, 90, 50, 400, 0, 0);

    assertThat(stream.of(lane(0, 10, 1), 11).closed()).isTrue();
    assertThat(stream.of(lane(0, 10, 1), 10).closed()).isFalse();
    assertThat(stream.of(lane(0, 50, 1), 99).closed()).isFalse();
    assertThat(stream.of(lane(0, OPEN, 1), 99).closed()).isFalse();
    assertThat(stream.of(lane(0, 10, 1), 11).upTo(11).closed()).isTrue();
    assertThat(stream.of(lane(0, 10, 1), 11).upTo(10).closed()).isFalse();
  }

  @Test
  void a_closed_lane_is_settled_once_its_last_id_was_asked_and_not_before() {
    ScanSettings closed = new ScanSettings(1, 9, 90, 50, 400, 0, 0).of(lane(0, 10, 1), 11);
    IdWindow last = new IdWindow(10, 10);

    WindowPlan plan = PlanExamples.foundNothing(PlanExamples.plan(new Checkpoint(1), closed));

    assertThat(plan.checkpoint()).isEqualTo(new Checkpoint(1));
    assertThat(plan.next()).contains(last);
    assertThat(PlanExamples.foundNothing(plan).checkpoint()).isEqualTo(new Checkpoint(11));
    assertThat(PlanExamples.troubled(plan).checkpoint())
        .isEqualTo(new Checkpoint(11)); // a dead letter
  }

  @Test
  void the_highest_ids_are_cut_too() {
    long highest = Long.MAX_VALUE;

    Lanes all = Lanes.from(0).cut(3, 1, highest);

    assertThat(all.all()).hasSize(3);
    assertThat(all.unsettled(highest)).isEqualTo(highest);
  }
}
