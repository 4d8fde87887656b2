package io.stepsync.bench.rival;

import io.stepsync.bench.api.StepClient;
import java.time.Duration;

/** Asks for all windows, reads their records, and writes nothing: no one is faster one by one. */
final class FetchOnly implements Rival {

  private final Setup setup;
  private final StepClient client;
  private long records;

  FetchOnly(Setup setup) {
    this.setup = setup;
    this.client = new StepClient(setup.api());
  }

  @Override
  public void empty() {
    records = 0;
  }

  @Override
  public void rewind() {
    records = 0;
  }

  @Override
  public Duration copy() throws Exception {
    return Rival.timed(
        () -> {
          for (long first = 1; first <= setup.lastId(); first += setup.step()) {
            records += client.records(first, first + setup.step() - 1).size();
          }
        });
  }

  @Override
  public long count() {
    return records;
  }

  @Override
  public void close() {}
}
