package io.stepsync.ops;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.SettingException;
import io.stepsync.camel.Failures;
import io.stepsync.sync.Lane;
import io.stepsync.sync.Lanes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * States in the ancestor's form, {@code {"current_id": 5001}}, by themselves or by the names of
 * their streams. Where a stream has several lanes, they stand behind the checkpoint, the lowest
 * first: {@code "lanes": [{"first_id": null, "last_id": 9000, "current_id": 5001}, ...]}.
 * Thread-safe.
 */
final class StateJson {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StateJson() {}

  static String of(long currentId) {
    return "{\"current_id\": " + currentId + "}";
  }

  /** Returns the state of a stream with these lanes. */
  static String of(Lanes lanes) {
    long checkpoint = lanes.checkpoint().currentId();
    return lanes.all().size() == 1
        ? of(checkpoint)
        : lanes.all().stream()
            .map(StateJson::of)
            .collect(
                Collectors.joining(
                    ", ", "{\"current_id\": " + checkpoint + ", \"lanes\": [", "]}"));
  }

  private static String of(Lane lane) {
    return "{\"first_id\": %s, \"last_id\": %s, \"current_id\": %d}"
        .formatted(
            lane.firstId() == 0 ? null : lane.firstId(),
            lane.isOpenEnded() ? null : lane.lastId(),
            lane.checkpoint().currentId());
  }

  /** Returns an object that has the state of each stream. */
  static String of(Map<String, Lanes> states) {
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
  static Map<String, Lanes> states(String text) {
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
              .formatted(stream, Failures.harmless(typed)),
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
          "the state must be JSON: " + Failures.harmless(e.getOriginalMessage()), e);
    }
  }

  private static Lanes lanes(String stream, JsonNode state) {
    try {
      return LanesJson.read(state);
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "stream %s: %s".formatted(Failures.harmless(stream), e.getMessage()), e);
    }
  }

  static String shown(JsonNode value) {
    return TerminalTable.cut(Failures.harmless(value.toString()), 100, "...");
  }
}
