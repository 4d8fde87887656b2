package io.stepsync.main;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;

/**
 * Stops Camel when the process is told to stop, and keeps the process until what was opened after
 * this is closed. It is the only hook of the JVM that does: of two, one can wait for the other.
 */
final class ExitHook implements AutoCloseable {

  private static final long MOST_SECONDS = 15; // for closing the database

  private final CountDownLatch closed = new CountDownLatch(1);

  private ExitHook() {}

  static ExitHook add(Main main) {
    ExitHook hook = new ExitHook();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> hook.stop(main), "stepsync-stop"));
    return hook;
  }

  private void stop(Main main) {
    main.stop();
    try {
      closed.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
