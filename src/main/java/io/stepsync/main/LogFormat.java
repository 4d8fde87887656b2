package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelContext;

/** How log lines are written. It is settled before the first of them, and so before Camel. */
public final class LogFormat {

  private static final String KEY = "stepsync.log.format";
  private static final List<String> FORMATS = List.of("plain", "json");

  private LogFormat() {}

  /**
   * Sets the system property that logback.xml asks for.
   *
   * @param environment the process's environment
   * @throws SettingException if the format is not known
   */
  public static void choose(Path directory, Map<String, String> environment) {
    choose(
        Optional.ofNullable(System.getProperty(KEY))
            .or(() -> Optional.ofNullable(environment.get("STEPSYNC_LOG_FORMAT")))
            .or(() -> Optional.ofNullable(written(directory)))
            .map(String::strip)
            .orElse("plain"));
  }

  private static void choose(String format) {
    System.setProperty(KEY, "plain");
    require(format);
    System.setProperty(KEY, format);
  }

  /** Refuses a wrong format in the properties of {@code context}. */
  static void check(CamelContext context) {
    require(new PropertyReader(context).text(KEY).strip());
  }

  private static void require(String format) {
    if (!FORMATS.contains(format)) {
      throw new SettingException(
          KEY + " must be plain or json, was " + format + Suggestion.of(format, FORMATS));
    }
  }

  private static String written(Path directory) {
    Path file = directory.resolve("application.properties");
    if (!Files.exists(file)) {
      return null;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return properties.getProperty(KEY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      return null; // Camel will tell what is wrong with the file
    }
  }
}
