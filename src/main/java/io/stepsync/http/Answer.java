package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.stepsync.http.AnswerException.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** An answer that was read whole and claims to be JSON. Immutable. */
public final class Answer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 1 << 16;

  /** What is read of a refusal, of which so many characters are shown. */
  private static final int READ = 4096;

  private static final int SHOWN = 200;

  private static final String LINES =
      "application/(x-)?(ndjson|jsonl|json-lines|jsonlines|json-seq)|text/plain";

  private final byte[] body;
  private final boolean empty;

  private Answer(byte[] body, boolean empty) {
    this.body = body;
    this.empty = empty;
  }

  /** Returns what stands for the answer to a single ID: an array with the one record. */
  public static Answer ofRecord(String json) {
    return new Answer(("[" + json + "]").getBytes(StandardCharsets.UTF_8), false);
  }

  /**
   * Reads an answer.
   *
   * @param reply what came; its body is not closed
   * @param settings what an answer must look like, and how long it may take
   * @throws AnswerException if the status is another one than 200, the type is not JSON, the body
   *     is too long or takes too long
   */
  public static Answer read(Reply reply, RequestSettings settings) throws IOException {
    AnswerFormat format = settings.format();
    if (format.emptyStatus().contains(reply.status())) {
      return new Answer(new byte[0], true);
    }
    requireStatus200(reply);
    if (reply.contentType() != null && !isJson(reply.contentType(), format.shape())) {
      throw new AnswerException(
          "the answer must be JSON, was " + reply.contentType() + start(reply));
    }
    byte[] bytes = reply.body() == null ? new byte[0] : whole(reply.body(), settings);
    return new Answer(bytes, false);
  }

  /**
   * Refuses all answers but those of status 200.
   *
   * @throws AnswerException with what was asked, the status and the start of the body, masked
   */
  public static void requireStatus200(Reply reply) throws IOException {
    if (reply.status() != 200) {
      throw new AnswerException(
          "the API answered " + reply.path() + " with status " + reply.status() + start(reply),
          trouble(reply.status()),
          reply.status(),
          RetryAfter.parse(reply.retryAfter(), Instant.now()).orElse(null));
    }
  }

  /** A server that sends a byte a second keeps every time-out between two of them. */
  private static byte[] whole(InputStream body, RequestSettings settings) throws IOException {
    int limit = settings.format().maxBytes();
    Duration longest = settings.limits().answer();
    long started = System.nanoTime();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (read > limit - bytes.size()) {
        throw new AnswerException(
            "the answer must be at most " + limit + " bytes, was longer", Trouble.TOO_LARGE);
      }
      bytes.write(buffer, 0, read);
      if (System.nanoTime() - started > longest.toNanos()) {
        throw new AnswerException(
            "the answer must be whole after answerTimeout (%d ms), but only %d bytes were there"
                .formatted(longest.toMillis(), bytes.size()),
            Trouble.TIMED_OUT);
      }
    }
    return bytes.toByteArray();
  }

  /** Tells whether the API said that there is no record, without a word of JSON. */
  boolean isEmpty() {
    return empty;
  }

  /** Returns the length of the JSON text, in bytes. */
  public int length() {
    return body.length;
  }

  /**
   * Returns the number at {@code pointer}.
   *
   * @throws AnswerException if it is not a whole number from 0 to 2<sup>63</sup>−1
   */
  public long wholeNumber(JsonPointer pointer) throws IOException {
    JsonNode value = tree().at(pointer);
    if (value.asText().matches("\\d{1,19}") && !value.isContainerNode()) {
      try {
        return Long.parseLong(value.asText());
      } catch (NumberFormatException e) {
        throw new AnswerException(pointer + " must be at most 2^63-1, was " + value, e);
      }
    }
    throw new AnswerException(pointer + " must be a whole number, was " + value);
  }

  /** Returns the answer's JSON; a missing node where there is none. */
  JsonNode tree() throws IOException {
    return JSON.readTree(body);
  }

  JsonParser parser(ObjectReader reader) throws IOException {
    return reader.createParser(body);
  }

  private static Trouble trouble(int status) {
    return switch (status) {
      case 400, 422 -> Trouble.REFUSED;
      case 413 -> Trouble.TOO_LARGE;
      case 408 -> Trouble.TIMED_OUT;
      case 500, 504 -> Trouble.FAILED;
      default -> null;
    };
  }

  private static boolean isJson(String contentType, AnswerFormat.Shape shape) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean lines = shape == AnswerFormat.Shape.LINES && type.matches(LINES);
    return lines
        || type.equals("application/json")
        || type.equals("text/json")
        || type.endsWith("+json");
  }

  private static String start(Reply reply) throws IOException {
    if (reply.body() == null) {
      return "";
    }
    String text = new String(reply.body().readNBytes(READ), StandardCharsets.UTF_8).strip();
    String shown = reply.mask().apply(text);
    return shown.isEmpty() ? "" : ": " + shown.substring(0, Math.min(SHOWN, shown.length()));
  }
}
