package io.stepsync.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers of status 200, and what is in them. */
final class Answers {

  private Answers() {}

  static Answer of(byte[] body) {
    try {
      return Answer.read(
          200, "application/json", new ByteArrayInputStream(body), Integer.MAX_VALUE - 8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Map<String, Object>> records(String pointer, byte[] body) {
    List<Map<String, Object>> records = new ArrayList<>();
    new RecordReader(of(body), RequestSettings.parsePointer("id", pointer))
        .forEachRemaining(records::add);
    return records;
  }

  static List<Map<String, Object>> records(String pointer, String body) {
    return records(pointer, body.getBytes(StandardCharsets.UTF_8));
  }
}
