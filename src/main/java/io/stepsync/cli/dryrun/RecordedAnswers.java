package io.stepsync.cli.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.http.AnswerFormat;
import io.stepsync.http.AnswerFormat.Shape;
import io.stepsync.window.IdWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers of a stream's API in a folder, {@code DIR/order/1-1000.json}: bodies alone, so that no
 * header and no query is kept, in lines that a user may edit.
 */
final class RecordedAnswers {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Pattern FILE = Pattern.compile("(\\d{1,19})-(\\d{1,19})\\.json");

  private final Path directory;
  private final AnswerFormat format;

  RecordedAnswers(Path directory, StreamSettings stream) {
    this.directory = directory.resolve(stream.name());
    this.format = stream.request().format();
  }

  /**
   * Keeps the answer to a window, in place of one that is there.
   *
   * @param body without secrets
   * @return the file
   */
  Path keep(IdWindow window, String body) throws IOException {
    Path file = directory.resolve(window.firstId() + "-" + window.lastId() + ".json");
    Files.createDirectories(directory);
    return Files.writeString(file, readable(body));
  }

  /** What is no JSON stays as it came. */
  private String readable(String body) {
    if (format.shape() == Shape.LINES || body.isBlank()) {
      return body;
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(body)) + "\n";
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  /**
   * Returns the answer to a window, out of that to the narrowest window around it: of its records
   * those with an ID of the window, or with none.
   *
   * @throws SettingException if none was recorded, telling which were
   */
  String answer(IdWindow window) throws IOException {
    List<IdWindow> windows = windows();
    IdWindow recorded =
        windows.stream()
            .filter(each -> each.firstId() <= window.firstId() && window.lastId() <= each.lastId())
            .filter(each -> !format.numbered() || each.firstId() == window.firstId())
            .min(Comparator.comparingLong(IdWindow::width))
            .orElseThrow(() -> notRecorded(window, windows));
    String body =
        Files.readString(directory.resolve(recorded.firstId() + "-" + recorded.lastId() + ".json"));
    return recorded.equals(window) ? body : within(window, body);
  }

  private SettingException notRecorded(IdWindow window, List<IdWindow> windows) {
    String there = windows.stream().map(IdWindow::toString).collect(Collectors.joining(", "));
    return new SettingException(
        "window %s was not recorded in %s, which has %s"
            .formatted(window, directory, there.isEmpty() ? "none" : there));
  }

  /** Returns the first window that was recorded. */
  Optional<IdWindow> first() throws IOException {
    return windows().stream().findFirst();
  }

  private List<IdWindow> windows() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> FILE.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> new IdWindow(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
          .sorted(Comparator.comparingLong(IdWindow::firstId))
          .toList();
    }
  }

  private String within(IdWindow window, String body) throws IOException {
    if (format.shape() == Shape.LINES) {
      StringBuilder lines = new StringBuilder();
      for (String line : body.lines().toList()) {
        if (line.isBlank() || isIn(window, JSON.readTree(line))) {
          lines.append(line).append('\n');
        }
      }
      return lines.toString();
    }
    try {
      JsonNode tree = JSON.readTree(body);
      Iterator<JsonNode> records = tree.at(format.records()).elements();
      while (records.hasNext()) {
        if (!isIn(window, records.next())) {
          records.remove();
        }
      }
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      return body; // which is told as of an API
    }
  }

  private boolean isIn(IdWindow window, JsonNode record) {
    String id = record.at(format.id()).asText();
    return !id.matches("\\d{1,18}")
        || (window.firstId() <= Long.parseLong(id) && Long.parseLong(id) <= window.lastId());
  }
}
