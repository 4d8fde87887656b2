package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadCacheTest {

  private long now;
  private long takes;
  private int count;
  private RuntimeException failure;
  private final Queue<Runnable> later = new ArrayDeque<>();

  private int read() {
    now += takes;
    if (failure != null) {
      throw failure;
    }
    return ++count;
  }

  private ReadCache<Integer> cache(Executor executor) {
    return new ReadCache<>(this::read, executor, () -> now);
  }

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void what_was_read_is_kept_for_a_second() {
    ReadCache<Integer> cache = cache(Runnable::run);
    assertThat(cache.get()).isEqualTo(1);
    pass(999);
    assertThat(cache.get()).isEqualTo(1);
    assertThat(count).isEqualTo(1);
  }

  @Test
  void what_took_long_to_read_is_kept_for_ten_times_as_long() {
    takes = TimeUnit.SECONDS.toNanos(1);
    ReadCache<Integer> cache = cache(Runnable::run);
    cache.get();
    pass(9_999);
    cache.get();
    assertThat(count).isEqualTo(1);
  }

  @Test
  void who_asks_soon_after_that_gets_it_at_once_while_it_is_read_again_once() {
    ReadCache<Integer> cache =
        cache(
            read -> {
              if (count == 0) {
                read.run();
              } else {
                later.add(read);
              }
            });
    cache.get();
    pass(1_000);
    assertThat(cache.get()).isEqualTo(1);
    assertThat(cache.get()).isEqualTo(1);
    assertThat(later).hasSize(1);
    later.remove().run();
    assertThat(cache.get()).isEqualTo(2);
  }

  @Test
  void who_asks_after_a_long_while_waits_for_what_is_read() {
    ReadCache<Integer> cache = cache(Runnable::run);
    cache.get();
    pass(11_000);
    assertThat(cache.get()).isEqualTo(2);
  }

  @Test
  void what_was_forgotten_is_read_again_even_if_a_reading_was_under_way() {
    ReadCache<Integer> cache =
        cache(
            read -> {
              if (count == 1) {
                later.add(read);
                count++;
              } else {
                read.run();
              }
            });
    cache.get();
    pass(1_000);
    cache.get();
    cache.forget();
    assertThat(cache.get()).isEqualTo(3);
    later.remove().run();
    assertThat(cache.get()).isEqualTo(3);
  }

  @Test
  void a_failure_is_told_to_who_waits_and_not_kept() {
    ReadCache<Integer> cache = cache(Runnable::run);
    failure = new IllegalStateException("the database is away");
    assertThatThrownBy(cache::get).isSameAs(failure);
    failure = null;
    assertThat(cache.get()).isEqualTo(1);
  }

  @Test
  void a_failure_in_the_background_is_told_to_who_asks_next_if_it_lasts() {
    ReadCache<Integer> cache = cache(Runnable::run);
    cache.get();
    pass(1_000);
    failure = new IllegalStateException("the database is away");
    assertThatThrownBy(
            () -> {
              cache.get();
              cache.get();
            })
        .isSameAs(failure);
  }
}
