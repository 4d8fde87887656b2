package io.stepsync.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
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
  private static final String PLACEHOLDER = "\\\\{\\\\{";

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

  static String of(List<Section> sections) throws JsonProcessingException {
    ObjectNode schema = (ObjectNode) JSON.readTree(FRAME);
    ObjectNode properties = (ObjectNode) schema.at("/definitions/stream/properties");
    for (Section section : sections) {
      for (Setting setting : section.settings()) {
        ObjectNode property = properties.putObject(setting.name());
        property.put("description", setting.text().replace("`", ""));
        property.setAll((ObjectNode) JSON.readTree(type(setting)));
      }
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  private static String type(Setting setting) {
    if (setting.name().equals("columns")) {
      return "{\"type\": [\"string\", \"object\"]}";
    }
    return switch (setting.userType()) {
      case "whole number" -> either("integer", "^[0-9]+$");
      case "number" -> either("number", "^[0-9.]+$");
      case "true or false" -> either("boolean", "^(true|false)$");
      case "duration" -> either("integer", "^[0-9]");
      default -> "{\"type\": [\"string\", \"number\", \"boolean\"]}";
    };
  }

  private static String either(String type, String pattern) {
    return "{\"anyOf\": [{\"type\": \"%s\"}, {\"type\": \"string\", \"pattern\": \"%s|%s\"}]}"
        .formatted(type, PLACEHOLDER, pattern);
  }
}
