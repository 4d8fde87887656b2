package io.stepsync.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.stepsync.http.AnswerException.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** An answer that was read whole and claims to be JSON. Immutable. */
public final class Answer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 1 << 16;

  /** What is read of a refusal, to show its start. */
  private static final int READ = 4096;

  /** What is shown on both sides of a fault. */
  private static final int AROUND = 30;

  /** What Jackson says to those who program it. */
  private static final String ADVICE =
      " \\((start marker|for \\w+ starting) at \\[Source:[^\\]]*\\]\\)"
          + "|[:,] (please )?(enable|use) `.*$"
          + "|,? from `[^`]*`"
          + "|,? \\(?for `[^`]*`\\)?"
          + "| \\(not recognized as one since Feature.*?\\)"
          + "| can not be deserialized as `[^`]*`, reason: ?"
          + "|\\[Source:[^\\]]*\\]";

  private static final JsonLocation START = new JsonLocation(null, 0, 0, 1, 1);

  /** The statuses of an answer that is there, and whole: 202 and 206 have none, or a part. */
  private static final Set<Integer> WHOLE = Set.of(200, 201, 203);

  private final byte[] body;
  private final boolean empty;

  private Answer(byte[] body, boolean empty) {
    this.body = body;
    this.empty = empty;
  }

  /** Returns what stands for an answer: an array with these records, each of them JSON. */
  public static Answer ofRecords(Collection<String> records) {
    String array = "[" + String.join(",", records) + "]";
    return new Answer(array.getBytes(StandardCharsets.UTF_8), false);
  }

  /**
   * Reads an answer.
   *
   * @param reply what came; its body is not closed
   * @param settings what an answer must look like, and how long it may take
   * @throws AnswerException if the status is not that of a whole answer, the body is a page, too
   *     long or takes too long, or tells of a failure
   */
  public static Answer read(Reply reply, RequestSettings settings) throws IOException {
    return read(reply, settings, bytes -> {});
  }

  /**
   * As {@link #read(Reply, RequestSettings)}.
   *
   * @param room is told the bytes that the answer has so far before they are kept; what it throws
   *     ends the reading
   */
  public static Answer read(Reply reply, RequestSettings settings, LongConsumer room)
      throws IOException {
    AnswerFormat format = settings.format();
    if (format.emptyStatus().contains(reply.status())) {
      return new Answer(new byte[0], true);
    }
    requireWhole(reply);
    byte[] bytes =
        BodyCharset.toUtf8(
            reply.body() == null ? new byte[0] : whole(reply.body(), settings, room),
            BodyCharset.of(reply.contentType()));
    room.accept(bytes.length);
    requireNoPage(bytes, reply);
    for (ErrorPlace place : format.errors()) {
      Optional<JsonNode> told = place.in(bytes);
      if (told.isPresent()) {
        throw ToldFailure.of(reply, place, told.get(), text(bytes));
      }
    }
    return new Answer(bytes, false);
  }

  private static String text(byte[] bytes) {
    return text(bytes, StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes, Charset charset) {
    return new String(bytes, 0, Math.min(READ, bytes.length), charset);
  }

  /** What parses is an answer, whatever type it has; a page never does. */
  private static void requireNoPage(byte[] bytes, Reply reply) {
    String text = text(bytes);
    if (text.stripLeading().startsWith("<")) {
      String type = ShownText.start(String.valueOf(reply.contentType()), reply.mask());
      throw new AnswerException(
          "the answer must be JSON, was "
              + (reply.contentType() == null ? "" : type + ": ")
              + ShownText.start(text, reply.mask()));
    }
  }

  /**
   * Refuses all answers but those of status 200, 201 and 203.
   *
   * @throws AnswerException with what was asked, the status and the start of the body, masked
   */
  public static void requireWhole(Reply reply) throws IOException {
    if (!WHOLE.contains(reply.status())) {
      throw new AnswerException(
          "the API answered " + reply.path() + " with status " + reply.status() + start(reply),
          trouble(reply.status()),
          reply.status(),
          RetryAfter.wait(reply).orElse(null));
    }
  }

  /** A server that sends a byte a second keeps every time-out between two of them. */
  private static byte[] whole(InputStream body, RequestSettings settings, LongConsumer room)
      throws IOException {
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
      room.accept((long) bytes.size() + read);
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

  /** Returns the answer as it came; empty where the API said without a word that there is none. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
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

  /**
   * Returns the answer's JSON; a missing node where there is none.
   *
   * @throws AnswerException if it is no JSON
   */
  JsonNode tree() throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      try {
        JsonNode tree = JSON.readTree(parser);
        return tree == null ? JSON.missingNode() : tree;
      } catch (IOException e) {
        throw new AnswerException(noJson(e, parser), e);
      }
    }
  }

  /**
   * Returns what is wrong with this answer, its line and column, and the text around it.
   *
   * @param parser null where there is none yet, as its encoding is unknown
   */
  String noJson(IOException fault, JsonParser parser) {
    JsonLocation place = place(fault, parser);
    String what =
        fault instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : fault.getMessage();
    return "the answer is no valid JSON at line %d, column %d, near %s: %s"
        .formatted(
            place.getLineNr(),
            place.getColumnNr(),
            around(place.getByteOffset()),
            ShownText.start(String.valueOf(what).replaceAll(ADVICE, ""), text -> text));
  }

  private static JsonLocation place(IOException fault, JsonParser parser) {
    JsonLocation place = fault instanceof JsonProcessingException json ? json.getLocation() : null;
    if (place != null && place.getByteOffset() >= 0) {
      return place;
    }
    return parser == null ? START : parser.currentLocation();
  }

  /** Returns the text around a byte, of which each may be shown. */
  private String around(long offset) {
    int at = (int) Math.max(0, Math.min(offset, body.length));
    int first = Math.max(0, at - AROUND);
    int last = Math.min(body.length, at + AROUND);
    String text = new String(body, first, last - first, StandardCharsets.UTF_8);
    return (first > 0 ? "…" : "") + ShownText.harmless(text) + (last < body.length ? "…" : "");
  }

  JsonParser parser(ObjectReader reader) throws IOException {
    return reader.createParser(body);
  }

  /** Returns a parser of the JSON that lies at {@code first} up to before {@code end}. */
  JsonParser parser(ObjectReader reader, int first, int end) throws IOException {
    return reader.createParser(body, first, end - first);
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

  private static String start(Reply reply) throws IOException {
    if (reply.body() == null) {
      return "";
    }
    String text = text(reply.body().readNBytes(READ), BodyCharset.of(reply.contentType()));
    String shown = ShownText.start(text, reply.mask());
    return shown.isEmpty() ? "" : ": " + shown;
  }
}
