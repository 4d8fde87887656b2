package io.stepsync.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.PrimitiveIterator;

/** Writes answers as JSON in UTF-8. Thread-safe. */
final class RecordWriter {
  // An answer that fails half-way must not be closed into valid JSON.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private RecordWriter() {}

  /** Writes {@code {"data":[…]}} with the records of {@code query}, and leaves {@code out} open. */
  static void write(DemoData data, StepQuery query, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("data");
      PrimitiveIterator.OfLong ids = data.ids(query.startId(), query.endId()).iterator();
      while (ids.hasNext()) {
        write(DemoRecord.of(ids.nextLong()), json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Writes {@code {"error":…}}, and leaves {@code out} open. */
  static void writeError(String message, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("error", message);
      json.writeEndObject();
    }
  }

  private static void write(DemoRecord record, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", record.id());
    json.writeStringField("name", record.name());
    json.writeStringField("email", record.email());
    json.writeStringField("address", record.address());
    json.writeStringField("company", record.company());
    json.writeStringField("job", record.job());
    json.writeStringField("createdAt", record.createdAt());
    json.writeStringField("updatedAt", record.updatedAt());
    json.writeEndObject();
  }
}
