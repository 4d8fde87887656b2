package io.stepsync.main.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of Camel Main, as its own description has them. Camel refuses those that there are not,
 * and takes {@code ten} for a number.
 */
final class CamelKeys {

  private static final String DESCRIPTION = "/META-INF/camel-main-configuration-metadata.json";

  private final Map<String, JsonNode> keys = new TreeMap<>();

  CamelKeys() {
    try (InputStream json = CamelKeys.class.getResourceAsStream(DESCRIPTION)) {
      if (json != null) {
        new ObjectMapper()
            .readTree(json)
            .path("properties")
            .forEach(key -> keys.put(plain(key.path("name").asText()), key));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws SettingException if the key is one of Camel Main's, and its value none that it takes
   */
  void check(PropertyLine line, String place) {
    JsonNode key = keys.get(plain(line.key()));
    String value = line.value().strip();
    if (key == null || value.contains("{{")) {
      return;
    }
    String rule = value.isEmpty() ? "set" : rule(key, value);
    if (rule != null) {
      throw new SettingException(
          value.isEmpty()
              ? "%s must be set, or left out%s".formatted(line.key(), place)
              : "%s must be %s, was %s%s".formatted(line.key(), rule, value, place));
    }
  }

  private static String rule(JsonNode key, String value) {
    return switch (key.path("type").asText()) {
      case "boolean" -> value.matches("(?i)true|false") ? null : "true or false";
      case "integer", "number" -> value.matches("-?\\d.*") ? null : "a number";
      case "enum" -> ofEnum(key.path("enum"), value);
      default -> null;
    };
  }

  private static String ofEnum(JsonNode choices, String value) {
    List<String> names = new ArrayList<>();
    choices.forEach(choice -> names.add(choice.asText()));
    boolean known = names.stream().anyMatch(name -> plain(name).equals(plain(value)));
    return known || names.isEmpty() ? null : "one of " + String.join(", ", names);
  }

  /** Returns what may have been meant by a key of Camel that there is not. */
  String like(String mistyped) {
    return Suggestion.of(
        mistyped, keys.values().stream().map(key -> key.path("name").asText()).toList());
  }

  /** Camel takes max-size for maxSize. */
  static String plain(String key) {
    return key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
