package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  private static RunRow run(int lane, String kind, String status, long started, Long ended) {
    return new RunRow(
        "r", "user", lane, 2, kind, status, started, ended, 1, 10, 0, 0, 0, 0, null, null, null,
        null, null);
  }

  @Test
  void runs_of_lanes_at_the_same_time_are_one_run() {
    List<RunRow> all =
        SideBySide.of(
            List.of(
                run(1, "sync", "caught_up", 70_300, 70_400L),
                run(0, "sync", "caught_up", 70_000, 70_200L),
                run(0, "refresh", "caught_up", 40_100, 40_200L),
                run(1, "sync", "running", 40_000, null),
                run(0, "sync", "caught_up", 40_000, 40_100L),
                run(1, "sync", "caught_up", 39_950, 39_990L)));

    assertThat(all).extracting(RunRow::records).containsExactly(20L, 10L, 20L, 10L);
    assertThat(all).extracting(RunRow::started).containsExactly(70_000L, 40_100L, 40_000L, 39_950L);
    assertThat(all).extracting(RunRow::ended).containsExactly(70_400L, 40_200L, null, 39_990L);
  }
}
