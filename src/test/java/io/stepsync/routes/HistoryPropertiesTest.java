package io.stepsync.routes;

import io.stepsync.FixedSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/**
 * Whole lives of a stream, through the routes, over HTTP, into a database: whatever happens, in
 * whatever order, the table equals the source in the end and lacks nothing that it should have
 * before.
 */
class HistoryPropertiesTest {

  private static ChangingSource source;
  private static MortalStepsync stepsync;

  @BeforeContainer
  static void open() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "histories");
    stepsync = new MortalStepsync(directory);
    source = new ChangingSource(stepsync.clock(), History.SETTLE_AFTER);
  }

  @AfterContainer
  static void close() {
    stepsync.close();
    source.close();
  }

  @Property(seed = FixedSeed.VALUE, tries = 120, shrinking = ShrinkingMode.OFF)
  void after_a_run_that_is_caught_up_and_a_refresh_the_table_equals_the_source(@ForAll long seed) {
    play(seed);
    Statistics.coverage(lives -> lives.check(true).percentage(cut -> cut > 15));
  }

  @Property(seed = FixedSeed.VALUE, tries = 10_000, shrinking = ShrinkingMode.OFF)
  @Tag("nightly")
  void after_ten_thousand_lives_as_well(@ForAll long seed) {
    play(seed);
  }

  private static void play(long seed) {
    History history = new History(seed, source, stepsync);
    history.play();
    Statistics.collect(history.mostLanes() > 1);
  }

  @Property(seed = FixedSeed.VALUE, tries = 40, shrinking = ShrinkingMode.OFF)
  void a_verify_finds_nothing_then_and_after_any_damage_exactly_that(@ForAll long seed) {
    History history = new History(seed, source, stepsync);
    history.play();
    history.verify();
  }

  @Example
  void a_life_is_played_again_by_its_seed() {
    new History(Long.getLong("stepsync.seed", 1), source, stepsync).play();
  }
}
