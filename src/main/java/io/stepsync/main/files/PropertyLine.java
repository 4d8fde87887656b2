package io.stepsync.main.files;

import io.stepsync.SettingException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of application.properties with its value, as Camel reads them in UTF-8.
 *
 * @param written the line, or lines where one ends in a backslash, as they stand in the file
 * @param line from 1
 */
record PropertyLine(String key, String value, String written, int line) {

  private static final Pattern CONTINUED = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\$");
  private static final Pattern BAD_UNICODE =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

  /** One that Java takes for the letter alone. */
  private static final Pattern BAD_ESCAPE =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*(\\\\[a-zA-Z0-9&&[^utnrf]])");

  private static final String MARK = "\ufeff"; // a byte order mark

  /**
   * Returns the keys of a file in their order.
   *
   * @throws SettingException naming file and line, if it is not in UTF-8, or Java would read
   *     something else than what is written
   */
  static List<PropertyLine> in(Path file) {
    List<String> lines = RouteText.utf8(file).lines().toList();
    List<PropertyLine> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int first = i;
      if (!lines.get(i).matches("\\s*([#!].*)?")) {
        StringBuilder written = new StringBuilder(lines.get(i));
        while (CONTINUED.matcher(lines.get(i)).find() && i + 1 < lines.size()) {
          i++;
          written.append('\n').append(lines.get(i));
        }
        keys.add(read(file, written.toString(), first + 1));
      }
    }
    return keys;
  }

  private static PropertyLine read(Path file, String written, int line) {
    if (line == 1 && written.startsWith(MARK)) {
      throw new SettingException(
          file + ":1 must begin with a key, was a byte order mark, which would be a part of it");
    }
    if (BAD_UNICODE.matcher(written).find()) {
      throw new SettingException(
          "%s:%d must have four hexadecimal digits after \\u; a backslash is written twice"
              .formatted(file, line));
    }
    Matcher escape = BAD_ESCAPE.matcher(written);
    if (escape.find()) {
      throw new SettingException(
          "%s:%d must have each backslash twice, was %s".formatted(file, line, escape.group(1)));
    }
    Properties read = new Properties();
    try {
      read.load(new StringReader(written));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String key = read.stringPropertyNames().stream().findFirst().orElse("");
    return new PropertyLine(key, read.getProperty(key, ""), written, line);
  }
}
