package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.json.JsonPlace;
import io.stepsync.json.RecordFields;
import io.stepsync.json.RecordValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Answers of status 200, and what is in them. */
final class Answers {

  private static final int LARGE = Integer.MAX_VALUE - 8;

  private static final List<JsonPlace> PLACES =
      Stream.of("/data", "/b/c", "/b/0", "/n", "/id")
          .map(pointer -> new JsonPlace(JsonPointer.compile(pointer)))
          .toList();

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
    try {
      new RecordReader(of(body), format).forEachRemaining(records::add);
    } catch (AnswerException e) {
      assertThatThrownBy(() -> readValues(format, body, records))
          .isInstanceOfSatisfying(
              AnswerException.class, other -> assertThat(other.trouble()).isEqualTo(e.trouble()))
          .hasMessage(e.getMessage());
      throw e;
    }
    readValues(format, body, records);
    return records;
  }

  /** Without maps the same is read, and refused. */
  private static void readValues(
      AnswerFormat format, byte[] body, List<Map<String, Object>> records) {
    RecordReader reader = new RecordReader(of(body), format);
    if (!reader.canReadValues()) {
      reader.forEachRemaining(record -> {});
      return;
    }
    Set<String> beside = new TreeSet<>();
    RecordValues values =
        new RecordValues(new RecordFields(PLACES.subList(0, 4), PLACES.get(4)), beside, LARGE);
    Set<String> besideInMaps = new TreeSet<>();
    for (Map<String, Object> record : records) {
      String text = reader.next(values).get().toString();
      assertThat(text).isEqualTo(record.toString());
      assertThat(Arrays.toString(values.all()))
          .isEqualTo(PLACES.stream().map(place -> place.in(record)).toList().toString());
      new RecordFields(PLACES.subList(0, 4)).addBeside(record, besideInMaps, LARGE);
    }
    while (reader.hasNext()) {
      reader.next(values);
    }
    assertThat(beside).containsAll(besideInMaps); // of a field that comes twice, each value is seen
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
