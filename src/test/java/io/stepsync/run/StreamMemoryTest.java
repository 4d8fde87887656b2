package io.stepsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.camel.StreamEdit;
import io.stepsync.http.AccessToken;
import io.stepsync.http.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

class StreamMemoryTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final StreamMemory memory = StreamMemory.of(newContext(), "user");

  private static CamelContext newContext() {
    Main main = new Main();
    main.init();
    return main.getCamelContext();
  }

  private static RetrySettings rate(double requestsPerSecond) {
    return new RetrySettings(0, HOUR, requestsPerSecond, Double.POSITIVE_INFINITY, null);
  }

  @Test
  void a_context_has_one_memory_a_stream() {
    CamelContext context = newContext();

    assertThat(StreamMemory.of(context, "user")).isSameAs(StreamMemory.of(context, "user"));
    assertThat(StreamMemory.of(context, "user")).isNotSameAs(StreamMemory.of(context, "order"));
    assertThat(StreamMemory.of(context, "user")).isNotSameAs(memory);
  }

  @Test
  void from_the_second_failure_on_pauses_double_up_to_the_longest() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      pauses.add(
          memory
              .failed(0, NOW, HOUR)
              .map(end -> Duration.between(NOW, end).toMinutes())
              .orElse(0L));
    }

    assertThat(pauses).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertThat(memory.failures(0)).isEqualTo(9);
    assertThat(memory.isPausing(0, NOW.plus(HOUR).minusMillis(1))).isTrue();
    assertThat(memory.isPausing(0, NOW.plus(HOUR))).isFalse();
  }

  @Test
  void a_success_ends_the_pause() {
    memory.failed(0, NOW, HOUR);
    memory.failed(0, NOW, HOUR);
    memory.succeeded(0);

    assertThat(memory.isPausing(0, NOW)).isFalse();
    assertThat(memory.failed(0, NOW, HOUR)).isEmpty();
  }

  @Test
  void without_a_longest_pause_there_is_none() {
    memory.failed(0, NOW, Duration.ZERO);

    assertThat(memory.failed(0, NOW, Duration.ZERO)).isEmpty();
    assertThat(memory.isPausing(0, NOW)).isFalse();
  }

  @Test
  void requests_take_turns_at_the_rate() {
    long now = System.nanoTime() + HOUR.toNanos();

    assertThat(memory.turn(now, rate(4))).isZero();
    assertThat(memory.turn(now, rate(4))).isEqualTo(Duration.ofMillis(250));
    assertThat(memory.turn(now + 100_000_000, rate(4))).isEqualTo(Duration.ofMillis(400));
    assertThat(memory.turn(now + 10_000_000_000L, rate(4))).isZero();
  }

  @Test
  void without_a_rate_nobody_waits() {
    RetrySettings any = rate(Double.POSITIVE_INFINITY);
    long now = System.nanoTime() + HOUR.toNanos();

    assertThat(memory.turn(now, any)).isZero();
    assertThat(memory.turn(now, any)).isZero();
  }

  @Test
  void a_token_is_asked_for_when_there_is_none_that_is_valid() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<String> tokens = new ArrayList<>();
    for (Instant at : List.of(NOW, NOW.plusSeconds(49), NOW.plusSeconds(50))) {
      tokens.add(
          memory.token(
              at,
              () ->
                  AccessToken.parse(
                      "{\"access_token\":\"t%d\",\"expires_in\":60}"
                          .formatted(asked.incrementAndGet())
                          .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                      at)));
    }

    assertThat(tokens).containsExactly("t1", "t1", "t2");
    assertThat(memory.masked("it is t2, was t1")).isEqualTo("it is ***, was t1");
  }

  @Test
  void an_edited_stream_pauses_and_then_begins_anew_but_for_its_pace() throws Exception {
    CamelContext context = newContext();
    StreamMemory before = StreamMemory.of(context, "user");
    before.failed(0, NOW, HOUR);
    before.failed(0, NOW, HOUR);
    before.token(NOW, () -> new AccessToken("old", NOW.plus(HOUR)));
    long now = System.nanoTime();
    before.turn(now, rate(0.1));

    try (StreamEdit edit = new StreamEdit(context, List.of("user"))) {
      assertThat(StreamMemory.of(context, "user")).isSameAs(before);
      assertThat(before.isPausing(0, NOW.plus(HOUR))).isTrue();
      edit.awaitRuns(List.of("user-sync"));
    }

    StreamMemory after = StreamMemory.of(context, "user");
    assertThat(after.isPausing(0, NOW)).isFalse();
    assertThat(after.failures(0)).isZero();
    assertThat(after.token(NOW, () -> new AccessToken("new", NOW.plus(HOUR)))).isEqualTo("new");
    assertThat(after.turn(now, rate(0.1))).isPositive();
    assertThat(before.isClosed()).isTrue();
  }

  @Test
  void of_runs_in_which_nothing_changed_one_a_minute_is_told() {
    assertThat(memory.isFirstRun(0)).isTrue();
    assertThat(memory.isFirstRun(0)).isFalse();
    assertThat(memory.isTimeToTell(0, NOW)).isTrue();
    assertThat(memory.isTimeToTell(0, NOW.plusSeconds(59))).isFalse();
    assertThat(memory.isTimeToTell(0, NOW.plusSeconds(60))).isTrue();
  }

  @Test
  void fields_that_are_not_copied_are_told_until_there_is_another() {
    assertThat(memory.untold(Set.of("a", "b"))).containsExactlyInAnyOrder("a", "b");
    assertThat(memory.untold(Set.of("a"))).isEmpty();
    assertThat(memory.untold(Set.of("a", "c"))).containsExactlyInAnyOrder("a", "c");
  }
}
