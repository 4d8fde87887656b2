package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An answer that was read whole and claims to be JSON. Immutable. */
public final class Answer {

  private static final int SHOWN = 200;

  private final byte[] body;

  private Answer(byte[] body) {
    this.body = body;
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
      throw new AnswerException("the API answered with status " + status + start(body));
    }
    if (contentType != null && !isJson(contentType)) {
      throw new AnswerException("the answer must be JSON, was " + contentType + start(body));
    }
    byte[] bytes = body == null ? new byte[0] : body.readNBytes(limit);
    if (body != null && body.read() >= 0) {
      throw new AnswerException("the answer must be at most " + limit + " bytes, was longer");
    }
    return new Answer(bytes);
  }

  /** Returns the length of the JSON text, in bytes. */
  public int length() {
    return body.length;
  }

  JsonParser parser(ObjectReader reader) throws IOException {
    return reader.createParser(body);
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
