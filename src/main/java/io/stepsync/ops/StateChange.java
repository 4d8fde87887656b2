package io.stepsync.ops;

import io.stepsync.SettingException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves checkpoints by hand, all of them or none. It is refused while a run of such a stream is not
 * at its end, by its row in stepsync_run; with {@code force} that run is fenced instead: the
 * version of its state is another, so it fails at its next window, and changes nothing more.
 */
final class StateChange {

  private final StreamsVerb.Streams streams;
  private final boolean force;
  private final StateRows states;

  StateChange(StreamsVerb.Streams streams, boolean force) {
    this.streams = streams;
    this.force = force;
    this.states = new StateRows(streams.sql());
  }

  /**
   * @throws SettingException if an ID is below its stream's initial ID
   * @throws IllegalStateException if a run may be alive
   */
  void move(Map<String, Long> checkpoints) {
    checkpoints.forEach(this::checkId);
    inTransaction(
        checkpoints.keySet(), () -> checkpoints.forEach((name, id) -> states.move(name, id)));
  }

  /**
   * @throws IllegalStateException if a run may be alive
   */
  void reset(String stream) {
    inTransaction(List.of(stream), () -> states.reset(stream, initialId(stream)));
  }

  private long initialId(String stream) {
    return streams.standalone().streams().get(stream).scan().initialId();
  }

  private void checkId(String stream, long id) {
    if (id < initialId(stream)) {
      throw new SettingException(
          "stream %s: current_id must be >= initialId (%d), was %d"
              .formatted(stream, initialId(stream), id));
    }
  }

  private void inTransaction(Collection<String> names, Runnable change) {
    Map<String, String> before = shown(names);
    new TransactionTemplate(new DataSourceTransactionManager(streams.sql().getDataSource()))
        .executeWithoutResult(
            status -> {
              names.forEach(this::checkAlive);
              change.run();
            });
    shown(names)
        .forEach(
            (name, now) ->
                System.out.printf("%s: checkpoint %s, was %s%n", name, now, before.get(name)));
  }

  private Map<String, String> shown(Collection<String> names) {
    Map<String, String> shown = new TreeMap<>();
    for (String name : names) {
      shown.put(
          name,
          states.of(name, "sync").map(row -> String.valueOf(row.currentId())).orElse("not set"));
    }
    return shown;
  }

  private void checkAlive(String stream) {
    if (force) {
      return;
    }
    new StoredRuns(streams.sql())
        .running(stream)
        .ifPresent(
            run -> {
              throw new IllegalStateException(
                  "stream %s: the run of %s is alive, or its process was killed; let it end, or use"
                          .formatted(stream, Moments.moment(run.started()))
                      + " --force: a run that is alive then fails at its next window");
            });
  }
}
