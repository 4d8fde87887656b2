package io.stepsync.bench.rival;

import io.stepsync.bench.api.StepClient;
import java.util.Collections;
import java.util.Iterator;
import org.springframework.batch.item.ExecutionContext;
import org.springframework.batch.item.ItemStreamReader;

/** Gives Spring Batch record after record, window after window. */
final class StepReader implements ItemStreamReader<String[]> {

  private static final String NEXT_ID = "next_id";

  private final Setup setup;
  private final StepClient client;
  private Iterator<String[]> window = Collections.emptyIterator();
  private long next;

  StepReader(Setup setup) {
    this.setup = setup;
    this.client = new StepClient(setup.api());
  }

  @Override
  public void open(ExecutionContext state) {
    next = state.getLong(NEXT_ID, 1);
    window = Collections.emptyIterator();
  }

  @Override
  public String[] read() throws Exception {
    while (!window.hasNext() && next <= setup.lastId()) {
      window = client.records(next, next + setup.step() - 1).iterator();
      next += setup.step();
    }
    return window.hasNext() ? window.next() : null;
  }

  @Override
  public void update(ExecutionContext state) {
    state.putLong(NEXT_ID, next);
  }
}
