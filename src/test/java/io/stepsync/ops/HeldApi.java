package io.stepsync.ops;

import java.util.concurrent.CountDownLatch;

/** An API that holds its answers, from the fifth on, until it is let go. */
final class HeldApi implements AutoCloseable {

  private static final int FREE = 4;

  final RangeApi api = new RangeApi();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  HeldApi() {
    api.onRequest(this::hold);
  }

  private void hold() {
    if (api.requests() > FREE) {
      held.countDown();
      awaitUninterrupted(free);
    }
  }

  void awaitHeld() {
    awaitUninterrupted(held);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void letGo() {
    free.countDown();
  }

  @Override
  public void close() {
    letGo();
    api.close();
  }
}
