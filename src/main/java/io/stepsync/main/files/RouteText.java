package io.stepsync.main.files;

import io.stepsync.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a route file, or of application.properties. Camel reads bytes that are no UTF-8 as
 * question marks.
 */
final class RouteText {

  private RouteText() {}

  /**
   * @throws SettingException naming the file and the line, if it is not in UTF-8 or is empty
   */
  static String of(Path file) {
    String text = utf8(file);
    if (text.isBlank()) {
      throw new SettingException(file + ":1 must define a stream or a route, was empty");
    }
    return text;
  }

  /**
   * Returns the text of any file.
   *
   * @throws SettingException naming the file and the line, if it is not in UTF-8
   */
  static String utf8(Path file) {
    byte[] bytes = bytes(file);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(input, text, true);
    text.flip();
    if (result.isError()) {
      throw new SettingException(
          "%s:%d must be in UTF-8, was byte 0x%02x after \"%s\""
              .formatted(file, line(text), bytes[input.position()], endOf(text)));
    }
    return text.toString();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long line(CharBuffer text) {
    return 1 + text.chars().filter(c -> c == '\n').count();
  }

  private static String endOf(CharBuffer text) {
    String line = text.toString().replaceAll("(?s).*\\n", "").strip();
    return line.substring(Math.max(0, line.length() - 20));
  }
}
