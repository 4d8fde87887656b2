package io.stepsync.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.store.StoredLanes.StoredLane;
import io.stepsync.window.AnswerLimit;
import io.stepsync.window.AnswerSize;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Density;
import io.stepsync.window.Lane;
import io.stepsync.window.RecordsBelow;
import io.stepsync.window.YoungIds;
import java.util.List;
import java.util.Map;

/**
 * Reads the rows of stepsync_state. The checkpoint stands there twice, as a number and in the
 * ancestor's form, {@code {"current_id": 5001}}; a row in which the two differ is damaged.
 */
public final class StateRow {

  private StateRow() {}

  private static final ObjectMapper JSON = new ObjectMapper();

  public static String json(Checkpoint checkpoint) {
    return "{\"current_id\": " + checkpoint.currentId() + "}";
  }

  public static void put(Map<String, Object> values, AnswerLimit limit) {
    values.put("largest_records", limit.largest().records());
    values.put("largest_ids", limit.largest().ids());
    values.put("limit_records", limit.limit().records());
    values.put("limit_ids", limit.limit().ids());
  }

  /** Returns the lanes of rows, of which none is being refreshed. */
  public static StoredLanes lanes(List<SqlRow> rows) {
    return new StoredLanes(rows.stream().map(row -> lane(row, null)).toList());
  }

  /**
   * Returns the lane of a row.
   *
   * @param refresh the row of its refresh; null for none
   */
  public static StoredLane lane(SqlRow row, SqlRow refresh) {
    Checkpoint checkpoint = checkpoint(row);
    long firstId = row.number("first_id", 0);
    long refreshId = refresh == null ? firstId : checkpoint(refresh).currentId();
    return new StoredLane(
        new Lane(
            firstId,
            row.number("last_id", Long.MAX_VALUE),
            checkpoint,
            new RecordsBelow(row.number("known_from"), row.number("known_records")),
            refreshId,
            young(row),
            row.number("loaded") != 0,
            density(row)),
        new AnswerLimit(
            new AnswerSize(row.number("largest_records"), row.number("largest_ids")),
            new AnswerSize(row.number("limit_records"), row.number("limit_ids"))),
        row.number("version"),
        Math.toIntExact(row.number("lanes")));
  }

  private static Density density(SqlRow row) {
    try {
      return new Density(row.number("ids_per_record", 0));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the state row is damaged: " + e.getMessage(), e);
    }
  }

  private static YoungIds young(SqlRow row) {
    try {
      return row.value("young") == null ? YoungIds.NONE : YoungIds.parse(row.text("young"));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the state row is damaged: " + e.getMessage(), e);
    }
  }

  public static Checkpoint checkpoint(SqlRow row) {
    long currentId = row.number("current_id");
    String state = row.text("state");
    if (currentId < 0 || currentId(state) != currentId) {
      throw new IllegalStateException(
          "the state row is damaged: current_id must be >= 0 and the same in both columns, was "
              + currentId
              + " and "
              + state);
    }
    return new Checkpoint(currentId);
  }

  private static long currentId(String state) {
    try {
      JsonNode value = JSON.readTree(state).path("current_id");
      return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : -1;
    } catch (JsonProcessingException e) {
      return -1;
    }
  }
}
