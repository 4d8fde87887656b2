package io.stepsync.page;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What was read is kept for a second, or ten times as long as the reading took, so that open pages
 * never load the database by more than a tenth of a connection. Who asks within ten seconds after
 * that gets it as well, while it is read again; later ones wait for what is read. Thread-safe.
 */
final class ReadCache<T> {

  private static final long LEAST = Duration.ofSeconds(1).toNanos();
  private static final long TIMES = 10;
  private static final long STALE = Duration.ofSeconds(10).toNanos();

  private final Supplier<T> source;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private FutureTask<T> reading;
  private T value;
  private long until;

  /**
   * @param executor reads; its thread is not the one that asks
   */
  ReadCache(Supplier<T> source, Executor executor) {
    this(source, executor, System::nanoTime);
  }

  ReadCache(Supplier<T> source, Executor executor, LongSupplier nanoTime) {
    this.source = source;
    this.executor = executor;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns what was read.
   *
   * @throws RuntimeException of the source
   */
  T get() {
    FutureTask<T> task;
    boolean begins;
    T stale;
    synchronized (this) {
      long late = nanoTime.getAsLong() - until;
      if (value != null && late < 0) {
        return value;
      }
      begins = reading == null;
      if (begins) {
        reading = new FutureTask<>(source::get);
      }
      task = reading;
      stale = late < STALE ? value : null;
    }
    if (begins) {
      begin(task);
    }
    return stale == null ? result(task) : stale;
  }

  private void begin(FutureTask<T> task) {
    try {
      executor.execute(() -> read(task));
    } catch (RejectedExecutionException e) {
      forget(); // nobody is to wait for it
      throw e;
    }
  }

  private void read(FutureTask<T> task) {
    long asked = nanoTime.getAsLong();
    task.run();
    long took = nanoTime.getAsLong() - asked;
    synchronized (this) {
      if (reading == task) {
        reading = null;
        until = asked + took + Math.max(LEAST, TIMES * took);
        try {
          value = result(task);
        } catch (RuntimeException e) {
          value = null; // who waits is told
        }
      }
    }
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The next one who asks gets what is read after this. */
  synchronized void forget() {
    value = null;
    reading = null;
  }
}
