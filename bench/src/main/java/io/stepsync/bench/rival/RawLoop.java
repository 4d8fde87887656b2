package io.stepsync.bench.rival;

import io.stepsync.bench.api.StepClient;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A loop by hand, with no framework and no checks: rows and state of a window, or of some, in one
 * transaction, the next window fetched meanwhile by a second thread.
 */
final class RawLoop extends TableRival {

  private final Setup setup;
  private final StepClient client;
  private final WindowWriter.Opener opener;
  private final int windowsACommit;
  private final ExecutorService fetcher = Executors.newSingleThreadExecutor();

  RawLoop(Setup setup, Target target, WindowWriter.Opener opener) {
    this(setup, target, opener, 1);
  }

  RawLoop(Setup setup, Target target, WindowWriter.Opener opener, int windowsACommit) {
    super(target);
    this.windowsACommit = windowsACommit;
    this.setup = setup;
    this.client = new StepClient(setup.api());
    this.opener = opener;
  }

  @Override
  public Duration copy() throws Exception {
    return Rival.timed(this::loop);
  }

  private void loop() throws Exception {
    try (Connection connection = target().pool().getConnection();
        WindowWriter writer = opener.open(connection)) {
      connection.setAutoCommit(false);
      long first = target().nextId();
      int written = 0;
      Future<List<String[]>> records = fetch(first);
      while (first <= setup.lastId()) {
        long next = first + setup.step();
        List<String[]> window = records.get();
        if (next <= setup.lastId()) {
          records = fetch(next);
        }
        writer.write(window);
        if (++written % windowsACommit == 0 || next > setup.lastId()) {
          target().saveState(connection, next);
          connection.commit();
        }
        first = next;
      }
    }
  }

  private Future<List<String[]>> fetch(long first) {
    return fetcher.submit(() -> client.records(first, first + setup.step() - 1));
  }

  @Override
  public void close() throws Exception {
    fetcher.shutdownNow();
    super.close();
  }
}
