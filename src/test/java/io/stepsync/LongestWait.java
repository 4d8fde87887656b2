package io.stepsync;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long a test waits for an event before it fails: far longer than a machine takes that is busy
 * with something else. It holds for each await of Awaitility, as JUnit finds this extension by
 * itself.
 */
public final class LongestWait implements BeforeAllCallback {

  public static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Waits until {@code latch} is open. */
  public static void awaitOpen(CountDownLatch latch) {
    try {
      if (!latch.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("what was waited for has not come in " + LONGEST_WAIT);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext tests) {
    Awaitility.setDefaultTimeout(LONGEST_WAIT);
  }
}
