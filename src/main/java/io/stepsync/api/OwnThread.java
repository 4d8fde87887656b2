package io.stepsync.api;

import io.stepsync.steps.firing.StopSignal;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.MDC;

/**
 * Work on a thread of its own, for a caller who waits for its end. An interrupt of the caller would
 * else meet database drivers, of which HSQLDB's loses it, and a file that is being written.
 */
final class OwnThread {

  /** What is done. */
  interface Work<T> {
    T until(StopSignal stop) throws Exception;
  }

  private OwnThread() {}

  /**
   * Returns what {@code work} does. An interrupt of the caller gives it the signal to stop; it is
   * awaited all the same, and the caller's thread is interrupted still.
   *
   * @throws Exception what the work failed with
   */
  static <T> T of(String name, Work<T> work) throws Exception {
    StopSignal stop = new StopSignal();
    Map<String, String> logged = MDC.getCopyOfContextMap();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              if (logged != null) {
                MDC.setContextMap(logged);
              }
              return work.until(stop);
            });
    new Thread(task, name).start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
          stop.give();
        }
      }
    } catch (ExecutionException e) {
      throw thrown(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Exception thrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof Exception cause ? cause : e;
  }
}
