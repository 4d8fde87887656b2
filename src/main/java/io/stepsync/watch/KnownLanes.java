package io.stepsync.watch;

import io.stepsync.store.StoredLanes;
import io.stepsync.store.StoredLanes.StoredLane;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lanes of a stream as far as this process knows them: as its runs read them last, and how far
 * those that it runs itself have come since. Others run elsewhere, so they may be further.
 *
 * <p>Thread-safe.
 */
final class KnownLanes {

  private StoredLanes known;

  /** A run has read all rows; another run of this process may have read or written newer ones. */
  synchronized void read(StoredLanes stored) {
    if (known == null || (!isCutAs(stored) && stored.highestVersion() >= known.highestVersion())) {
      known = stored;
    } else if (isCutAs(stored)) {
      stored.rows().forEach(this::take);
    }
  }

  private boolean isCutAs(StoredLanes stored) {
    return stored.count() == known.count()
        && stored.rows().stream().allMatch(row -> numberOf(row.lane()) >= 0);
  }

  private int numberOf(Lane lane) {
    for (int number = 0; known != null && number < known.count(); number++) {
      if (known.get(number).lane().hasIdsOf(lane)) {
        return number;
      }
    }
    return -1;
  }

  /** A run of this process has committed a window, or has ended. */
  synchronized void moved(Lane lane, Checkpoint checkpoint, long version) {
    int number = numberOf(lane);
    if (number >= 0) {
      StoredLane before = known.get(number);
      Lane now =
          new Lane(
              lane.firstId(),
              lane.lastId(),
              checkpoint,
              lane.known(),
              lane.refreshId(),
              lane.young(),
              lane.loaded(),
              lane.density());
      take(new StoredLane(now, before.answerLimit(), version, before.cutInto()));
    }
  }

  private void take(StoredLane row) {
    int number = numberOf(row.lane());
    if (row.version() >= known.get(number).version()) {
      List<StoredLane> rows = new ArrayList<>(known.rows());
      rows.set(number, row);
      known = new StoredLanes(rows);
    }
  }

  /** Returns them, once a run has read them. */
  synchronized Optional<Lanes> all() {
    return Optional.ofNullable(known).map(StoredLanes::lanes);
  }
}
