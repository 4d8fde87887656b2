package io.stepsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.run.AnswerRoom.Place;
import io.stepsync.window.IdWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerRoomTest {

  private static final long MEGABYTE = 1 << 20;
  private static final long SHARE = 100 * MEGABYTE;

  private final AnswerRoom room = new AnswerRoom(new HeapShare(SHARE));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private Place atWork(long megabytes) {
    return room.atWorkNow(megabytes * MEGABYTE).orElseThrow();
  }

  private Optional<Place> ahead(long megabytes) {
    return room.ahead(megabytes * MEGABYTE);
  }

  /** A thread that waits for a place at work. */
  private final class Waiter {
    private final CompletableFuture<Thread> thread = new CompletableFuture<>();
    private final Future<Place> place;

    Waiter(long megabytes) throws Exception {
      place =
          threads.submit(
              () -> {
                thread.complete(Thread.currentThread());
                return room.awaitAtWork(megabytes * MEGABYTE);
              });
      await().until(() -> thread.get().getState() == Thread.State.WAITING);
    }
  }

  @Test
  void an_answer_that_this_heap_does_not_bear_is_asked_for_in_halves_down_to_one_id() {
    IdWindow window = new IdWindow(1, 100);

    room.requireFitting(window, SHARE);
    room.requireFitting(new IdWindow(7, 7), SHARE + 1);

    assertThatThrownBy(() -> room.requireFitting(window, SHARE + 1))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.trouble()).contains(Trouble.TOO_LARGE))
        .hasMessage("the answer must be at most 104857600 bytes with this heap (-Xmx), was longer");
  }

  @Test
  void what_is_asked_ahead_and_does_not_fit_has_no_place() {
    Place first = atWork(60);
    assertThat(ahead(41)).isEmpty();
    assertThat(ahead(40)).isPresent();
    assertThat(ahead(1)).isEmpty();
    first.leave();
    assertThat(ahead(60)).isPresent();
  }

  @Test
  void a_window_at_work_waits_until_there_is_room_for_it() throws Exception {
    Place first = atWork(60);
    assertThat(room.atWorkNow(50 * MEGABYTE)).isEmpty();
    Waiter second = new Waiter(50);

    first.leave();

    assertThat(second.place.get().isLeft()).isFalse();
    assertThat(ahead(51)).isEmpty();
    assertThat(ahead(50)).isPresent();
  }

  @Test
  void one_that_is_longer_than_the_share_goes_alone() throws Exception {
    Place ahead = ahead(1).orElseThrow();
    Waiter longer = new Waiter(300);
    assertThat(room.atWorkNow(1)).isEmpty();

    ahead.leave();
    Place alone = longer.place.get();

    assertThat(ahead(0)).isEmpty();
    alone.settle(2 * MEGABYTE);
    assertThat(ahead(98)).isPresent();
  }

  @Test
  void those_that_wait_come_in_their_order_and_before_what_is_asked_ahead() throws Exception {
    Place first = atWork(60);
    Waiter second = new Waiter(100);
    Waiter third = new Waiter(1);
    assertThat(ahead(1)).isEmpty();

    first.leave();
    Place place = second.place.get();
    assertThat(third.place.isDone()).isFalse();
    place.leave();

    third.place.get();
    assertThat(ahead(99)).isPresent();
  }

  @Test
  void an_answer_that_turns_out_longer_takes_what_room_there_is() {
    Place first = atWork(10);
    Place ahead = ahead(10).orElseThrow();
    first.require(90 * MEGABYTE);

    assertThatThrownBy(() -> first.require(91 * MEGABYTE))
        .isInstanceOf(AnswerRoom.NoRoomException.class);
    assertThatThrownBy(() -> ahead.require(11 * MEGABYTE))
        .isInstanceOf(AnswerRoom.NoRoomException.class);
    first.leave();
    ahead.require(100 * MEGABYTE);
    assertThatThrownBy(() -> ahead.require(101 * MEGABYTE))
        .isInstanceOf(AnswerRoom.NoRoomException.class);
  }

  @Test
  void one_at_work_has_those_left_that_were_asked_ahead_and_goes_on_alone() {
    Place ahead = ahead(50).orElseThrow();
    Place first = atWork(50);
    first.toWork(ahead::leave);

    first.require(300 * MEGABYTE);

    assertThatThrownBy(() -> ahead.require(1)).isInstanceOf(AnswerRoom.NoRoomException.class);
  }

  @Test
  void one_that_was_left_twice_gave_its_room_back_once() {
    Place first = atWork(50);
    Place second = atWork(50);
    first.leave();
    first.leave();
    first.settle(1);
    assertThat(ahead(51)).isEmpty();
    second.leave();
    assertThat(ahead(100)).isPresent();
  }

  @Test
  void who_is_interrupted_waits_no_more_and_is_in_nobodys_way() throws Exception {
    Place first = atWork(60);
    Waiter second = new Waiter(100);
    Waiter third = new Waiter(40);

    second.thread.get().interrupt();

    assertThatThrownBy(second.place::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    third.place.get().leave();
    first.leave();
    assertThat(ahead(100)).isPresent();
  }

  @Test
  void many_runs_at_once_all_go_on_and_stay_within_the_share() throws Exception {
    long seed = System.nanoTime();
    AtomicLong taken = new AtomicLong();
    List<Future<?>> runs = new ArrayList<>();
    for (int run = 0; run < 12; run++) {
      Random random = new Random(seed + run);
      runs.add(
          threads.submit(
              () -> {
                for (int window = 0; window < 300; window++) {
                  runWindow(random, taken);
                }
                return null;
              }));
    }
    for (Future<?> run : runs) {
      run.get();
    }
    assertThat(ahead(100)).as("seed %s", seed).isPresent();
  }

  /** One window in eight is longer than the share. */
  private void runWindow(Random random, AtomicLong taken) throws InterruptedException {
    long guess = (1 + random.nextInt(20)) * MEGABYTE;
    long length = random.nextInt(8) == 0 ? 3 * SHARE : (1 + random.nextInt(40)) * MEGABYTE;
    List<Place> ahead = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      room.ahead(guess).ifPresent(ahead::add);
    }
    Runnable leaveAhead = () -> ahead.forEach(Place::leave);
    Optional<Place> now = room.atWorkNow(guess);
    if (now.isEmpty()) {
      leaveAhead.run();
    }
    Place place = now.isPresent() ? now.get() : room.awaitAtWork(guess);
    place.toWork(leaveAhead);
    try {
      place.require(length);
    } catch (AnswerRoom.NoRoomException e) {
      place.leave();
      leaveAhead.run();
      place = room.awaitAlone();
      place.require(length);
    }
    place.settle(length);
    long all = taken.addAndGet(length);
    assertThat(all <= SHARE || all == length).as("%s with %s", all, length).isTrue();
    taken.addAndGet(-length);
    place.leave();
    leaveAhead.run();
  }
}
