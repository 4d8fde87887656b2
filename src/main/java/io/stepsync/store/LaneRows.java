package io.stepsync.store;

import io.stepsync.window.AnswerLimit;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the state rows of lanes that were cut again. Their versions are above all that there were:
 * whoever runs one of the lanes of before changes nothing any more.
 *
 * @param cutInto into how many lanes the stream is to be cut
 */
public record LaneRows(String stream, StoredLanes before, int cutInto) {

  /** Returns the row of a lane. {@code source} is that of the lane which it was cut from. */
  public Map<String, Object> sync(int number, Lane lane, SqlRow source) {
    Map<String, Object> row = row(number, lane, RunKind.SYNC, lane.checkpoint(), source);
    StateRow.put(row, before.answerLimit());
    row.put("young", lane.young().text());
    row.put("ids_per_record", lane.density().idsPerRecord());
    row.put("loaded", lane.loaded() ? 1 : 0);
    row.put("known_from", lane.known().firstId());
    row.put("known_records", lane.known().records());
    row.put("version", before.highestVersion() + 1);
    return row;
  }

  /** Returns the row of a lane's refresh, which goes on where it was. */
  public Map<String, Object> refresh(int number, Lane lane, SqlRow source, long initialId) {
    Checkpoint next = new Checkpoint(Math.max(lane.refreshId(), initialId));
    Map<String, Object> row = row(number, lane, RunKind.REFRESH, next, source);
    StateRow.put(row, AnswerLimit.UNKNOWN);
    row.put("young", null);
    row.put("ids_per_record", 0);
    row.put("loaded", 0);
    row.put("known_from", 0);
    row.put("known_records", 0);
    row.put("version", 0);
    return row;
  }

  private Map<String, Object> row(
      int number, Lane lane, RunKind kind, Checkpoint next, SqlRow source) {
    Map<String, Object> row = new HashMap<>();
    row.put("stream", stream);
    row.put("lane", number);
    row.put("kind", kind.text());
    row.put("first_id", lane.firstId() == 0 ? null : lane.firstId());
    row.put("last_id", lane.isOpenEnded() ? null : lane.lastId());
    row.put("lanes", cutInto);
    row.put("current_id", next.currentId());
    row.put("state", StateRow.json(next));
    row.put("updated_at", source.value("updated_at"));
    return row;
  }
}
