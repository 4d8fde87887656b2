package io.stepsync.page;

import io.stepsync.page.Tables.State;
import io.stepsync.store.RunKind;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.RecordsBelow;
import io.stepsync.window.YoungIds;
import java.util.List;
import java.util.Optional;

/** Makes lanes of state rows. */
final class StreamLanes {

  private StreamLanes() {}

  /** Returns the lanes of a stream; nothing before its first run, or where rows are damaged. */
  static Optional<Lanes> of(String stream, List<State> states) {
    List<State> own = states.stream().filter(row -> row.stream().equals(stream)).toList();
    List<State> syncs = own.stream().filter(row -> is(RunKind.SYNC, row)).toList();
    try {
      return syncs.isEmpty()
          ? Optional.empty()
          : Optional.of(new Lanes(syncs.stream().map(row -> lane(row, own)).toList()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the next run fails, and says so
    }
  }

  private static boolean is(RunKind kind, State row) {
    return row.kind().equals(kind.text());
  }

  private static Lane lane(State sync, List<State> own) {
    long refreshId =
        own.stream()
            .filter(row -> is(RunKind.REFRESH, row) && row.lane() == sync.lane())
            .mapToLong(State::currentId)
            .findFirst()
            .orElse(0);
    return new Lane(
        sync.firstId(),
        sync.lastId(),
        new Checkpoint(sync.currentId()),
        RecordsBelow.NOTHING,
        Math.max(sync.firstId(), refreshId),
        YoungIds.parse(sync.young()),
        false);
  }
}
