package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class DemoDataPropertiesTest {

  @Property(seed = FixedSeed.VALUE)
  void a_window_holds_what_a_full_enumeration_holds_between_its_ends(
      @ForAll @LongRange(min = 0, max = 300) long records,
      @ForAll("gaps") int gapEvery,
      @ForAll @LongRange(min = -5, max = 700) long firstId,
      @ForAll @LongRange(min = -5, max = 700) long lastId) {
    assertThat(new DemoData(records, gapEvery).ids(firstId, lastId).boxed())
        .containsExactlyElementsOf(
            enumerated(records, gapEvery).stream()
                .filter(id -> firstId <= id && id <= lastId)
                .toList());
  }

  @Property(seed = FixedSeed.VALUE)
  void the_highest_id_is_the_last_of_a_full_enumeration(
      @ForAll @LongRange(min = 1, max = 300) long records, @ForAll("gaps") int gapEvery) {
    List<Long> ids = enumerated(records, gapEvery);

    assertThat(new DemoData(records, gapEvery).highestId()).isEqualTo(ids.get(ids.size() - 1));
  }

  @Property(seed = FixedSeed.VALUE)
  void an_id_is_used_where_a_window_of_it_alone_holds_it(
      @ForAll @LongRange(min = 0) long records, @ForAll("gaps") int gapEvery, @ForAll long id) {
    DemoData data = new DemoData(records, gapEvery);

    assertThat(data.ids(id, id).count()).isEqualTo(data.has(id) ? 1 : 0);
  }

  @Property(seed = FixedSeed.VALUE)
  void the_highest_id_is_always_used(
      @ForAll @LongRange(min = 1) long records, @ForAll("gaps") int gapEvery) {
    DemoData data = new DemoData(records, gapEvery);

    assertThat(data.has(data.highestId())).isTrue();
  }

  @Property(seed = FixedSeed.VALUE)
  void windows_side_by_side_hold_each_record_once(
      @ForAll @LongRange(min = 0, max = 300) long records,
      @ForAll("gaps") int gapEvery,
      @ForAll @LongRange(min = 1, max = 100) long stepSize) {
    DemoData data = new DemoData(records, gapEvery);
    LongStream ids =
        LongStream.iterate(1, first -> first <= 2 * records, first -> first + stepSize)
            .flatMap(first -> data.ids(first, first + stepSize - 1));

    assertThat(ids.boxed()).containsExactlyElementsOf(enumerated(records, gapEvery));
  }

  @Provide
  Arbitrary<Integer> gaps() {
    return Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(2, 50));
  }

  private static List<Long> enumerated(long records, int gapEvery) {
    List<Long> ids = new ArrayList<>();
    for (long id = 1; ids.size() < records; id++) {
      if (gapEvery == 0 || id % gapEvery != 0) {
        ids.add(id);
      }
    }
    return ids;
  }
}
