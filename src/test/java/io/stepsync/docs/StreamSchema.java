package io.stepsync.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsync.docs.SettingsSource.Section;
import java.util.List;

/**
 * Writes the JSON Schema, draft 7, of a stream's file in YAML, with which an editor completes and
 * checks it.
 */
final class StreamSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A value that comes from elsewhere. */
  private static final String PLACEHOLDER = "\\{\\{";

  /** As {@link io.stepsync.DurationText} reads it. */
  private static final String DURATION =
      "^\\s*([0-9]+|(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?|[pP].*)\\s*$";

  private static final String FRAME =
      """
      {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A file of stepsync's streams",
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "beans": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name", "type"],
                "if": { "properties": { "type": { "const": "io.stepsync.Stream" } } },
                "then": {
                  "required": ["properties"],
                  "properties": { "properties": { "$ref": "#/definitions/stream" } }
                }
              }
            },
            "templatedRoute": {
              "type": "object",
              "if": { "properties": { "routeTemplateRef": { "const": "step-size-sync" } } },
              "then": {
                "required": ["routeTemplateRef", "routeId", "parameters"],
                "properties": {
                  "parameters": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "required": ["name", "value"],
                      "properties": { "name": { "enum": ["stream", "schedule"] } }
                    }
                  }
                }
              }
            }
          }
        },
        "definitions": {
          "stream": {
            "type": "object",
            "required": ["url"],
            "additionalProperties": false,
            "patternProperties": { "^columns\\\\.": { "type": "string" } },
            "properties": {}
          }
        }
      }
      """;

  private StreamSchema() {}

  static String of(List<Section> sections) throws Exception {
    ObjectNode schema = (ObjectNode) JSON.readTree(FRAME);
    ObjectNode properties = (ObjectNode) schema.at("/definitions/stream/properties");
    for (Section section : sections) {
      for (Setting setting : section.settings()) {
        ObjectNode property = properties.putObject(setting.name());
        property.put("description", setting.text().replace("`", ""));
        property.setAll(type(setting));
      }
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  private static ObjectNode type(Setting setting) throws Exception {
    if (setting.name().equals("columns")) {
      return (ObjectNode) JSON.readTree("{\"type\": [\"string\", \"object\"]}");
    }
    ObjectNode type = JSON.createObjectNode();
    switch (setting.userType()) {
      case "whole number" ->
          either(type, "^\\s*[0-9]+\\s*$", number("integer", SettingRule.of(setting)));
      case "number" -> either(type, "^\\s*[0-9.]+\\s*$", number("number", SettingRule.of(setting)));
      case "true or false" -> either(type, "^(true|false)$", ofType("boolean"));
      case "duration" -> either(type, DURATION, ofType("integer").put("minimum", 0));
      default -> {
        SettingRule rule = SettingRule.of(setting);
        if (rule.words().isEmpty()) {
          type.putArray("type").add("string").add("number").add("boolean");
        } else {
          ObjectNode words = JSON.createObjectNode();
          rule.words().forEach(words.putArray("enum")::add);
          either(type, rule.otherCase(), words);
        }
      }
    }
    return type;
  }

  private static ObjectNode ofType(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode number(String type, SettingRule rule) {
    ObjectNode number = ofType(type);
    rule.least().ifPresent(least -> number.put("minimum", least));
    rule.most().ifPresent(most -> number.put("maximum", most));
    return number;
  }

  /**
   * @param pattern of a text that is taken too; empty for none but a placeholder
   */
  private static void either(ObjectNode type, String pattern, ObjectNode value) {
    ObjectNode text = ofType("string");
    text.put("pattern", pattern.isEmpty() ? PLACEHOLDER : PLACEHOLDER + "|" + pattern);
    type.putArray("anyOf").add(value).add(text);
  }
}
