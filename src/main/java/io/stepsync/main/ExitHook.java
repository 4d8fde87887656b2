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
  private volatile boolean stopping;

  private ExitHook() {}

  static ExitHook add(Main main) {
    ExitHook hook = new ExitHook();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> hook.stop(main), "stepsync-stop"));
    return hook;
  }

  /** Tells whether the process was told to stop. */
  boolean isStopping() {
    return stopping;
  }

  private void stop(Main main) {
    stopping = true;
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
