package io.stepsync.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.SettingException;
import io.stepsync.routes.RangeApi;
import io.stepsync.routes.StepsyncProcess;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.routes.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFormatTest {

  private static final String KEY = "stepsync.log.format";

  @TempDir Path directory;

  @BeforeEach
  @AfterEach
  void forget() {
    System.clearProperty(KEY);
  }

  private String chosen(Map<String, String> environment) {
    LogFormat.choose(directory, environment);
    return System.getProperty(KEY);
  }

  private void write(String line) throws Exception {
    Files.writeString(directory.resolve("application.properties"), line);
  }

  @Test
  void each_line_of_a_run_is_a_json_object() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 3)) {
      Workspace workspace = new Workspace(directory).property(KEY, "json");
      workspace.userStream(api.url(), "maxGap: 1000");
      workspace.stream(
          "gone",
          "url: http://127.0.0.1:1/\ntable: gone\nprimaryKey: id\ncolumns: \"id: LONG\"\nretries: 0");
      Instant before = Instant.now();
      Result result = StepsyncProcess.run(directory, "sync");
      List<JsonNode> lines = new ArrayList<>();
      for (String line : result.output().lines().toList()) {
        lines.add(new ObjectMapper().readTree(line));
      }
      assertThat(lines)
          .extracting(line -> line.get("stream").asText() + " " + line.get("level").asText())
          .containsExactly("gone INFO", "gone ERROR", "user INFO", "user INFO");
      assertThat(lines.get(1).get("message").asText()).startsWith("gone: failed, window 1..1000: ");
      assertThat(lines.get(1).get("loggerName").asText()).isEqualTo("io.stepsync.run");
      assertThat(Instant.ofEpochMilli(lines.get(1).get("timestamp").asLong()))
          .isBetween(before, Instant.now());
    }
  }

  @Test
  void another_format_is_wrong_usage() throws Exception {
    new Workspace(directory).property(KEY, "xml");
    Result result = StepsyncProcess.run(directory, "validate");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .matches(
            "stepsync: stepsync.log.format must be plain or json, was xml"
                + " \\(application.properties:\\d+\\)\n");
  }

  @Test
  void the_format_is_plain_where_nothing_else_is_said() throws Exception {
    assertThat(chosen(Map.of())).isEqualTo("plain");
    write("stepsync.demo.enabled=false");
    System.clearProperty(KEY);
    assertThat(chosen(Map.of())).isEqualTo("plain");
  }

  @Test
  void the_environment_goes_before_the_file_and_a_system_property_before_both() throws Exception {
    write(KEY + "=plain");
    assertThat(chosen(Map.of("STEPSYNC_LOG_FORMAT", "json"))).isEqualTo("json");
    assertThat(chosen(Map.of("STEPSYNC_LOG_FORMAT", "plain"))).isEqualTo("json");
  }

  @Test
  void a_wrong_format_is_told_with_its_value() {
    assertThatThrownBy(() -> chosen(Map.of("STEPSYNC_LOG_FORMAT", "JSON")))
        .isInstanceOf(SettingException.class)
        .hasMessage("stepsync.log.format must be plain or json, was JSON; did you mean json?");
  }
}
