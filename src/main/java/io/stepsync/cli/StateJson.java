package io.stepsync.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.SettingException;
import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.http.ShownText;
import io.stepsync.store.StateRow;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.RecordsBelow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * States in the ancestor's form, {@code {"current_id": 5001}}, by themselves or by the names of
 * their streams. Where a stream has several lanes, they stand behind the checkpoint, the lowest
 * first: {@code "lanes": [{"first_id": null, "last_id": 9000, "current_id": 5001}, ...]}.
 * Thread-safe.
 */
public final class StateJson {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String CURRENT = "current_id";
  private static final String LANES = "lanes";
  private static final String FIRST = "first_id";
  private static final String LAST = "last_id";

  private StateJson() {}

  /** Returns the state of a stream with these lanes. */
  public static String of(Lanes lanes) {
    Checkpoint checkpoint = lanes.checkpoint();
    return lanes.all().size() == 1
        ? StateRow.json(checkpoint)
        : lanes.all().stream()
            .map(StateJson::of)
            .collect(
                Collectors.joining(
                    ", ", "{\"current_id\": " + checkpoint.currentId() + ", \"lanes\": [", "]}"));
  }

  private static String of(Lane lane) {
    return "{\"first_id\": %s, \"last_id\": %s, \"current_id\": %d}"
        .formatted(
            lane.firstId() == 0 ? null : lane.firstId(),
            lane.isOpenEnded() ? null : lane.lastId(),
            lane.checkpoint().currentId());
  }

  /** Returns an object that has the state of each stream. */
  public static String of(Map<String, Lanes> states) {
    return states.entrySet().stream()
        .map(state -> "\"" + quoted(state.getKey()) + "\": " + of(state.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String quoted(String name) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name));
  }

  /**
   * Reads the states of streams by their names.
   *
   * @throws SettingException if {@code text} is anything else
   */
  public static Map<String, Lanes> states(String text) {
    Map<String, Lanes> states = new LinkedHashMap<>();
    object(text)
        .properties()
        .forEach(state -> states.put(state.getKey(), lanes(state.getKey(), state.getValue())));
    return states;
  }

  /**
   * Reads the state of one stream.
   *
   * @throws SettingException if {@code text} is anything else
   */
  static Lanes state(String stream, String text) {
    return lanes(stream, object(text));
  }

  /**
   * Reads a checkpoint as it is typed.
   *
   * @throws SettingException if it is not a whole number below 2^63
   */
  static long currentId(String stream, String typed) {
    try {
      return Long.parseLong(typed);
    } catch (NumberFormatException e) {
      throw new SettingException(
          "stream %s: current_id must be a whole number below 2^63, was %s"
              .formatted(stream, ShownText.harmless(typed)),
          e);
    }
  }

  private static JsonNode object(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      if (value.isObject()) {
        return value;
      }
      throw new SettingException("the state must be a JSON object, was " + shown(value));
    } catch (JsonProcessingException e) {
      throw new SettingException(
          "the state must be JSON: " + ShownText.harmless(e.getOriginalMessage()), e);
    }
  }

  private static Lanes lanes(String stream, JsonNode state) {
    try {
      return lanes(state);
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "stream %s: %s".formatted(ShownText.harmless(stream), e.getMessage()), e);
    }
  }

  /**
   * @throws IllegalArgumentException if it is anything else, leaves IDs out, or has some twice
   */
  private static Lanes lanes(JsonNode state) {
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
    return new Lane(first, last, new Checkpoint(currentId), RecordsBelow.NOTHING, first);
  }

  private static boolean isBound(JsonNode lane, String name) {
    return lane.path(name).isNull() || isId(lane.path(name));
  }

  private static IllegalArgumentException wrong(String rule, JsonNode was) {
    return new IllegalArgumentException(rule + shown(was));
  }

  private static String shown(JsonNode value) {
    return TerminalTable.cut(ShownText.harmless(value.toString()), 100, "...");
  }
}
