package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.store.StateRows;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.window.Lanes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves checkpoints by hand, all of them or none. It is refused while a run of such a stream is not
 * at its end, by its row in stepsync_run; with {@code force} that run is fenced instead: the
 * version of its state is another, so it ends at its next window, and changes nothing more.
 */
public final class StateChange {

  private final StreamsVerb.Streams streams;
  private final boolean force;
  private final StateRows states;

  public StateChange(StreamsVerb.Streams streams, boolean force) {
    this.streams = streams;
    this.force = force;
    this.states = new StateRows(streams.sql());
  }

  /**
   * Puts the checkpoint of a stream at {@code id}, in one lane.
   *
   * @throws SettingException if the ID is below the stream's initial ID
   * @throws IllegalStateException if a run may be alive
   */
  public void move(String stream, long id) {
    checkId(stream, id);
    Optional<Long> before = states.lanes(stream).map(lanes -> lanes.reached().currentId());
    replace(Map.of(stream, Lanes.from(id)));
    before
        .filter(was -> was > id)
        .ifPresent(
            was ->
                System.err.printf(
                    "stepsync: to read rows again without moving a checkpoint:"
                        + " stepsync refresh %s --ids %d-%d%n",
                    stream, id, was - 1));
  }

  /**
   * Puts lanes in the place of those that streams have.
   *
   * @throws SettingException if a checkpoint is below its stream's initial ID
   * @throws IllegalStateException if a run may be alive
   */
  public void replace(Map<String, Lanes> lanes) {
    lanes.forEach((name, of) -> checkId(name, of.checkpoint().currentId()));
    inTransaction(
        lanes.keySet(),
        () -> lanes.forEach((name, of) -> states.replace(name, of, cutInto(name, of))));
  }

  /** So that what is there is run with the triggers that there are, and then cut as it is set. */
  private int cutInto(String stream, Lanes lanes) {
    return Math.min(lanes.all().size(), settings(stream).lanes());
  }

  /**
   * Has a stream begin at its initial ID.
   *
   * @throws IllegalStateException if a run may be alive
   */
  public void reset(String stream) {
    inTransaction(List.of(stream), () -> states.reset(stream, initialId(stream)));
  }

  /**
   * Forgets where the API cuts its answers, as it does no more.
   *
   * @throws IllegalStateException if a run may be alive
   */
  void forgetLimit(String stream) {
    inTransaction(List.of(stream), () -> states.forgetLimit(stream));
  }

  private long initialId(String stream) {
    return settings(stream).scan().initialId();
  }

  private StreamSettings settings(String stream) {
    return streams.standalone().streams().get(stream);
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
      shown.put(name, shown(name));
    }
    return shown;
  }

  private String shown(String stream) {
    try {
      return states.lanes(stream).map(StateChange::text).orElse("not set");
    } catch (IllegalStateException e) {
      return "damaged";
    }
  }

  private static String text(Lanes lanes) {
    int count = lanes.all().size();
    return lanes.checkpoint().currentId() + (count == 1 ? "" : " in " + count + " lanes");
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
                  "stream %s: the run of %s %s; let it end, or use --force: a run that is alive then ends at its next window"
                      .formatted(
                          stream,
                          Moments.moment(run.started()),
                          run.isRunning() ? "goes on" : "is alive, or its process was killed"));
            });
  }
}
