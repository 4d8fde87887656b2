package io.stepsync.ops;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.Known;
import io.stepsync.sync.Lane;
import io.stepsync.sync.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the state of a stream, as {@link StateJson} writes it. Thread-safe. */
final class LanesJson {

  private static final String CURRENT = "current_id";
  private static final String LANES = "lanes";
  private static final String FIRST = "first_id";
  private static final String LAST = "last_id";

  private LanesJson() {}

  /**
   * @throws IllegalArgumentException if it is anything else, leaves IDs out, or has some twice
   */
  static Lanes read(JsonNode state) {
    boolean one = has(state, Set.of(CURRENT));
    if (!one && !(has(state, Set.of(CURRENT, LANES)) && state.path(LANES).isArray())) {
      throw wrong(
          "the state must be {\"current_id\": n}, n a whole number below 2^63, was ", state);
    }
    long currentId = state.path(CURRENT).longValue();
    Lanes lanes = one ? Lanes.from(currentId) : new Lanes(all(state.path(LANES)));
    if (lanes.checkpoint().currentId() != currentId) {
      throw new IllegalArgumentException(
          "current_id must be that of the lowest lane that is not settled (%d), was %d"
              .formatted(lanes.checkpoint().currentId(), currentId));
    }
    return lanes;
  }

  private static boolean has(JsonNode object, Set<String> names) {
    return object.isObject()
        && object.size() == names.size()
        && names.stream().allMatch(object::has)
        && isId(object.path(CURRENT));
  }

  private static boolean isId(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static List<Lane> all(JsonNode array) {
    List<Lane> lanes = new ArrayList<>();
    for (JsonNode lane : array) {
      if (!lanes.isEmpty() && lanes.get(lanes.size() - 1).isOpenEnded()) {
        throw wrong("the lane before another must have a last_id, was ", array);
      }
      lanes.add(lane(lane));
    }
    return lanes;
  }

  private static Lane lane(JsonNode lane) {
    if (!has(lane, Set.of(FIRST, LAST, CURRENT)) || !isBound(lane, FIRST) || !isBound(lane, LAST)) {
      throw wrong(
          "a lane must be {\"first_id\": n, \"last_id\": n, \"current_id\": n}, n a whole number"
              + " below 2^63, or null at an open end, was ",
          lane);
    }
    long first = lane.path(FIRST).asLong(0);
    long last = lane.path(LAST).asLong(Long.MAX_VALUE);
    long currentId = lane.path(CURRENT).longValue();
    if (currentId - 1 > last) {
      throw wrong("the current_id of a lane must be <= last_id + 1, was ", lane);
    }
    return new Lane(first, last, new Checkpoint(currentId), Known.NOTHING, first);
  }

  private static boolean isBound(JsonNode lane, String name) {
    return lane.path(name).isNull() || isId(lane.path(name));
  }

  private static IllegalArgumentException wrong(String rule, JsonNode was) {
    return new IllegalArgumentException(rule + StateJson.shown(was));
  }
}
