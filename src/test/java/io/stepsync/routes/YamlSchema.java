package io.stepsync.routes;

import com.fasterxml.jackson.core.JsonLocation;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.InputStream;
import java.util.List;

/** The schema of route files in YAML that comes with Camel. */
final class YamlSchema {

  private final JsonSchema schema;

  YamlSchema() throws Exception {
    JsonSchemaFactory factory =
        JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V4))
            .jsonNodeReader(JsonNodeReader.builder().locationAware().build())
            .build();
    try (InputStream text = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
      schema = factory.getSchema(text);
    }
  }

  /** Returns what is wrong with a file, each with its place: {@code 12:9 property 'x' is not …}. */
  List<String> faults(String yaml) {
    return schema.validate(yaml, InputFormat.YAML).stream().map(YamlSchema::fault).toList();
  }

  private static String fault(ValidationMessage message) {
    JsonLocation place = JsonNodes.tokenLocationOf(message.getInstanceNode());
    return place.getLineNr() + ":" + place.getColumnNr() + " " + message.getMessage();
  }
}
