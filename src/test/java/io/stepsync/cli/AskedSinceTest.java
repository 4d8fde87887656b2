package io.stepsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.store.history.StoredRun;
import io.stepsync.window.IdWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedSinceTest {

  private static final int KEPT = 3;
  private static final long LAST = 1000;

  private static StoredRun run(String kind, int lane, int started, Integer ended, Long firstId) {
    return new StoredRun(
        "run-" + started,
        "user",
        lane,
        3,
        kind,
        hour(started),
        ended == null ? null : hour(ended),
        ended == null ? "broken_off" : "caught_up",
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        firstId,
        firstId,
        null,
        null,
        null,
        null);
  }

  private static StoredRun sync(int started, Integer ended, Long firstId) {
    return run("sync", 0, started, ended, firstId);
  }

  private static Instant hour(int hour) {
    return Instant.parse("2026-11-01T%02d:00:00Z".formatted(hour));
  }

  private static IdWindow since(int hour, StoredRun... latestFirst) {
    return new AskedSince(hour(hour).toString()).of(List.of(latestFirst), KEPT, 1, LAST);
  }

  @Test
  void the_lowest_id_that_a_sync_has_asked_since_then_is_the_first() {
    assertThat(since(5, sync(6, 6, 700L), sync(5, 5, 500L), sync(4, 4, 300L)))
        .isEqualTo(new IdWindow(500, LAST));
  }

  @Test
  void a_sync_that_went_on_then_counts_and_one_that_was_broken_off_until_the_next() {
    assertThat(since(5, sync(8, 8, 700L), sync(1, 6, 100L))).isEqualTo(new IdWindow(100, LAST));
    assertThat(since(5, sync(8, 8, 700L), sync(1, null, 100L))).isEqualTo(new IdWindow(100, LAST));
    assertThat(since(9, sync(8, null, 700L), sync(1, null, 100L)))
        .isEqualTo(new IdWindow(700, LAST));
  }

  @Test
  void refreshes_and_syncs_that_asked_nothing_do_not_count() {
    assertThat(
            since(
                5, sync(7, 7, 800L), run("refresh", 0, 6, 6, 1L), sync(5, 5, null), sync(4, 4, 5L)))
        .isEqualTo(new IdWindow(800, LAST));
  }

  @Test
  void a_stream_that_began_later_is_read_whole() {
    assertThat(since(1, sync(5, 5, 500L), sync(4, 4, 1L))).isEqualTo(new IdWindow(1, LAST));
  }

  @Test
  void what_was_forgotten_in_any_lane_is_not_taken_for_nothing() {
    StoredRun[] history = {
      run("sync", 1, 9, 9, 950L),
      sync(8, 8, 800L),
      sync(7, 7, 700L),
      sync(6, 6, 600L),
      run("sync", 1, 2, 2, 900L),
      sync(1, 1, 1L) // kept as it was the last success
    };

    assertThat(since(6, history)).isEqualTo(new IdWindow(600, LAST));
    assertThatThrownBy(() -> since(5, history))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "--since must not be before the history that is kept, which begins at"
                + " 2026-11-01T06:00:00Z, was 2026-11-01T05:00:00Z; --ids says which IDs");
  }

  @Test
  void a_history_that_begins_later_or_is_empty_is_told() {
    assertThatThrownBy(() -> since(1, sync(5, 5, 500L)))
        .hasMessageContaining("which begins at 2026-11-01T05:00:00Z, was 2026-11-01T01:00:00Z;");
    assertThatThrownBy(() -> since(1)).hasMessageContaining("which is empty, was");
  }

  @Test
  void without_a_sync_since_then_that_found_something_there_is_nothing_to_read() {
    assertThatThrownBy(() -> since(7, sync(6, 6, 500L)))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "--since must be before a sync that found something, the last one was before"
                + " 2026-11-01T07:00:00Z");
    assertThatThrownBy(() -> since(7, sync(8, 8, LAST + 1), sync(6, 6, 500L)))
        .hasMessageContaining("the last one was before");
  }

  @Test
  void a_date_begins_at_midnight_where_the_machine_is_and_a_moment_has_a_zone() {
    Instant midnight =
        LocalDate.parse("2026-11-02").atStartOfDay(ZoneId.systemDefault()).toInstant();
    StoredRun after =
        new StoredRun(
            "r",
            "user",
            0,
            1,
            "sync",
            midnight,
            midnight,
            "caught_up",
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            7L,
            7L,
            null,
            null,
            null,
            null);
    List<StoredRun> history = List.of(after, sync(5, 5, 3L));

    assertThat(new AskedSince("2026-11-02").of(history, KEPT, 1, LAST))
        .isEqualTo(new IdWindow(7, LAST));
    assertThat(new AskedSince("2026-11-01T08:00:00+03:00").of(history, KEPT, 1, LAST))
        .isEqualTo(new IdWindow(3, LAST));
  }

  @Test
  void the_future_is_refused() {
    assertThatThrownBy(() -> new AskedSince("2999-01-01"))
        .isInstanceOf(SettingException.class)
        .hasMessage("--since must not be in the future, was 2999-01-01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2026-13-01", "2026-11-1", "2026-11-01T08:00:00", "08:00"})
  void what_is_neither_a_date_nor_a_moment_is_refused(String text) {
    assertThatThrownBy(() -> new AskedSince(text))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "--since must be a date, such as 2026-11-01, or a moment such as 2026-11-01T08:00:00Z,"
                + " was "
                + text);
  }
}
