package io.stepsync.main;

import io.stepsync.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** How log lines are written. It is settled before the first of them, and so before Camel. */
public final class LogFormat {

  private static final String KEY = "stepsync.log.format";

  private LogFormat() {}

  /**
   * Sets the system property that logback.xml asks for.
   *
   * @param environment the process's environment
   * @throws SettingException if the format is not known
   */
  public static void choose(Path directory, Map<String, String> environment) {
    String format =
        Optional.ofNullable(System.getProperty(KEY))
            .or(() -> Optional.ofNullable(environment.get("STEPSYNC_LOG_FORMAT")))
            .or(() -> Optional.ofNullable(written(directory)))
            .map(String::strip)
            .orElse("plain");
    if (!List.of("plain", "json").contains(format)) {
      System.setProperty(KEY, "plain");
      throw new SettingException(KEY + " must be plain or json, was " + format);
    }
    System.setProperty(KEY, format);
  }

  private static String written(Path directory) {
    Path file = directory.resolve("application.properties");
    if (!Files.exists(file)) {
      return null;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
      return properties.getProperty(KEY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      return null; // Camel will tell what is wrong with the file
    }
  }
}
