package io.stepsync.http;

import io.stepsync.http.AnswerException.Trouble;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charset that a header Content-Type names. JSON's own, UTF-8, UTF-16 and UTF-32, are found in
 * the body itself; one that Java does not know is passed over.
 */
final class BodyCharset {

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s;\"']+)", Pattern.CASE_INSENSITIVE);

  private BodyCharset() {}

  /** Returns the charset of {@code contentType}, which may be null; UTF-8 where it names none. */
  static Charset of(String contentType) {
    Matcher parameter = PARAMETER.matcher(contentType == null ? "" : contentType);
    if (!parameter.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(parameter.group(1));
      boolean own = charset.name().toUpperCase(Locale.ROOT).matches("UTF-.*|US-ASCII");
      return own ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /**
   * Returns {@code body} in UTF-8, or as it is where its charset is one of JSON's own.
   *
   * @throws AnswerException if it has a byte that stands for nothing in the charset; one that a
   *     narrower window may mend
   */
  static byte[] toUtf8(byte[] body, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return body;
    }
    try {
      ByteBuffer utf8 =
          StandardCharsets.UTF_8
              .newEncoder()
              .encode(charset.newDecoder().decode(ByteBuffer.wrap(body)));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new AnswerException(
          "the answer must be " + charset + ", as its header says: " + e.getMessage(),
          Trouble.NO_JSON,
          e);
    }
  }
}
