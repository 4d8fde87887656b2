package io.stepsync.bench.rival;

import io.stepsync.bench.api.StepClient;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A loop by hand, with no framework and no checks: rows and state of a window in one transaction,
 * the next window fetched meanwhile by a second thread.
 */
final class RawLoop extends TableRival {

  private final Setup setup;
  private final StepClient client;
  private final WindowWriter.Opener opener;
  private final ExecutorService fetcher = Executors.newSingleThreadExecutor();

  RawLoop(Setup setup, Target target, WindowWriter.Opener opener) {
    super(target);
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
      Future<List<String[]>> records = fetch(first);
      while (first <= setup.lastId()) {
        long next = first + setup.step();
        List<String[]> window = records.get();
        if (next <= setup.lastId()) {
          records = fetch(next);
        }
        writer.write(window);
        target().saveState(connection, next);
        connection.commit();
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
