package io.stepsync.main;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {

  private static LoggingEvent event(String message, Throwable thrown, Object... arguments) {
    return new LoggingEvent(
        "caller", new LoggerContext().getLogger("a.b"), Level.WARN, message, thrown, arguments);
  }

  private static JsonNode line(LoggingEvent event) throws Exception {
    String line = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    return new ObjectMapper().readTree(line);
  }

  @Test
  void a_line_has_the_message_as_people_read_it() throws Exception {
    JsonNode line = line(event("{}: \"{}\"\n\t\u0001{}", null, "user", 3, "ä€\\"));
    assertThat(line.get("message").asText()).isEqualTo("user: \"3\"\n\t\u0001ä€\\");
    assertThat(line.get("level").asText()).isEqualTo("WARN");
    assertThat(line.get("loggerName").asText()).isEqualTo("a.b");
    assertThat(line.has("throwable")).isFalse();
  }

  @Test
  void what_a_line_is_about_is_a_member_of_its_own() throws Exception {
    LoggingEvent event = event("x", null);
    event.addKeyValuePair(new KeyValuePair("stream", "o\"dd\n"));
    assertThat(line(event).get("stream").asText()).isEqualTo("o\"dd\n");
  }

  @Test
  void an_exception_is_in_the_line_with_its_cause() throws Exception {
    JsonNode line = line(event("x", new RuntimeException("out\nside", new Error("\"in\""))));
    assertThat(line.at("/throwable/message").asText()).isEqualTo("out\nside");
    assertThat(line.at("/throwable/cause/message").asText()).isEqualTo("\"in\"");
    assertThat(line.at("/throwable/stepArray")).isNotEmpty();
  }

  @Test
  void slashes_are_not_escaped_and_backslashes_before_them_are_kept() throws Exception {
    LoggingEvent event =
        event("http://127.0.0.1/a \\/ \\\\/", new RuntimeException("https://example.com/"));

    assertThat(new String(new JsonLines().encode(event), StandardCharsets.UTF_8))
        .contains("http://127.0.0.1/a ", "https://example.com/");
    assertThat(line(event).get("message").asText()).isEqualTo("http://127.0.0.1/a \\/ \\\\/");
  }
}
