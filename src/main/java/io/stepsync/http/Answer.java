package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.stepsync.http.AnswerException.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An answer that was read whole and claims to be JSON. Immutable. */
public final class Answer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 200;

  private final byte[] body;

  private Answer(byte[] body) {
    this.body = body;
  }

  /** Returns what stands for the answer to a single ID: an array with the one record. */
  public static Answer ofRecord(String json) {
    return new Answer(("[" + json + "]").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads an answer.
   *
   * @param contentType the header, or null; one that is missing claims nothing and is let through
   * @param body the body, or null for none; not closed
   * @param limit the most bytes to read
   * @throws AnswerException if the status is not 200, the type is not JSON, or the body is too long
   */
  public static Answer read(int status, String contentType, InputStream body, int limit)
      throws IOException {
    if (status != 200) {
      throw new AnswerException(
          "the API answered with status " + status + start(body), trouble(status));
    }
    if (contentType != null && !isJson(contentType)) {
      throw new AnswerException("the answer must be JSON, was " + contentType + start(body));
    }
    byte[] bytes = body == null ? new byte[0] : body.readNBytes(limit);
    if (body != null && body.read() >= 0) {
      throw new AnswerException(
          "the answer must be at most " + limit + " bytes, was longer", Trouble.TOO_LARGE);
    }
    return new Answer(bytes);
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
    JsonNode value = JSON.readTree(body).at(pointer);
    if (value.asText().matches("\\d{1,19}") && !value.isContainerNode()) {
      try {
        return Long.parseLong(value.asText());
      } catch (NumberFormatException e) {
        throw new AnswerException(pointer + " must be at most 2^63-1, was " + value, e);
      }
    }
    throw new AnswerException(pointer + " must be a whole number, was " + value);
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

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
  }

  private static String start(InputStream body) throws IOException {
    if (body == null) {
      return "";
    }
    String text = new String(body.readNBytes(SHOWN), StandardCharsets.UTF_8);
    return text.isBlank() ? "" : ": " + text.strip();
  }
}
