package io.stepsync.store.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnQueueTest {

  private final TurnQueue<String> queue = new TurnQueue<>();

  private void add(String... waiters) {
    for (String waiter : waiters) {
      queue.add(stream(waiter), waiter);
    }
  }

  private static String stream(String waiter) {
    return waiter.substring(0, 1);
  }

  private String serve() {
    String first = queue.first();
    queue.remove(stream(first), first);
    return first;
  }

  private List<String> serveAll() {
    List<String> served = new ArrayList<>();
    while (queue.first() != null) {
      served.add(serve());
    }
    return served;
  }

  @Test
  void streams_take_turns_and_of_each_who_has_waited_longest() {
    add("a1", "a2", "a3", "a4", "b1", "c1", "c2");

    assertThat(serveAll()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3", "a4");
    assertThat(queue.size()).isZero();
  }

  @Test
  void a_stream_that_always_has_eight_waits_no_less_than_one_that_has_one() {
    add("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "b1");
    StringBuilder served = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      String next = serve();
      served.append(stream(next));
      add(next); // it comes back at once
    }

    assertThat(served).hasToString("ab".repeat(50));
  }

  @Test
  void who_gives_up_costs_its_stream_no_turn() {
    add("a1", "a2", "b1", "b2");
    queue.remove("a", "a2");
    queue.remove("b", "b1");

    assertThat(serveAll()).containsExactly("a1", "b2");
  }

  @Test
  void what_is_urgent_comes_before_all_others() {
    add("a1", "b1");
    queue.addUrgent("b0");

    assertThat(serveAll()).containsExactly("b0", "a1", "b1");
  }
}
