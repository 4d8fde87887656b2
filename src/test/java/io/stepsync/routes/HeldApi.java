package io.stepsync.routes;

import static io.stepsync.LongestWait.awaitOpen;

import java.util.concurrent.CountDownLatch;

/** An API that holds its answers, from the fifth on, until it is let go. */
public final class HeldApi implements AutoCloseable {

  private static final int FREE = 4;

  public final RangeApi api = new RangeApi();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  public HeldApi() {
    api.onRequest(this::hold);
  }

  private void hold() {
    if (api.requests() > FREE) {
      held.countDown();
      awaitOpen(free);
    }
  }

  public void awaitHeld() {
    awaitOpen(held);
  }

  public void letGo() {
    free.countDown();
  }

  @Override
  public void close() {
    letGo();
    api.close();
  }
}
