package io.stepsync.http;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers of status 200, and what is in them. */
final class Answers {

  private static final int LARGE = Integer.MAX_VALUE - 8;

  private Answers() {}

  static AnswerFormat format(String pointer, String format, boolean single, int maxBytes) {
    return AnswerFormat.parse(format, pointer, "id", false, "", "/errors", false, maxBytes, single);
  }

  static RequestSettings settings(AnswerFormat format, Duration longest) {
    Duration second = Duration.ofSeconds(1);
    return new RequestSettings(
        template("http://localhost/records"),
        AuthSettings.NONE,
        format,
        new RetrySettings(0, second, 1, 1, null),
        new RequestSettings.TimeLimits(second, second, longest),
        null,
        "/max");
  }

  static RequestTemplate template(String url) {
    return RequestTemplate.parse("GET", url, null, null, null, true, true, null, null, null);
  }

  static Answer read(int status, String contentType, InputStream body, int limit)
      throws IOException {
    return Answer.read(
        reply(status, contentType, null, body),
        settings(format("", "json", false, limit), Duration.ofMinutes(1)));
  }

  static Reply reply(int status, String contentType, String retryAfter, InputStream body) {
    return new Reply(status, "/records", contentType, retryAfter, body, text -> text);
  }

  static Answer of(byte[] body) {
    try {
      return read(200, "application/json", new ByteArrayInputStream(body), LARGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Map<String, Object>> records(AnswerFormat format, byte[] body) {
    List<Map<String, Object>> records = new ArrayList<>();
    new RecordReader(of(body), format).forEachRemaining(records::add);
    return records;
  }

  static List<Map<String, Object>> records(String pointer, byte[] body) {
    return records(format(pointer, "json", false, LARGE), body);
  }

  static List<Map<String, Object>> records(String pointer, String body) {
    return records(pointer, body.getBytes(StandardCharsets.UTF_8));
  }

  static List<Map<String, Object>> lines(String body) {
    return records(format(null, "ndjson", false, LARGE), body.getBytes(StandardCharsets.UTF_8));
  }

  static List<Map<String, Object>> one(String pointer, String body) {
    return records(format(pointer, "json", true, LARGE), body.getBytes(StandardCharsets.UTF_8));
  }

  static JsonPointer pointer(String text) {
    return AnswerFormat.pointer("id", text);
  }
}
