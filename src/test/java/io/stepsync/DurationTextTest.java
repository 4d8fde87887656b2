package io.stepsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "500ms, PT0.5S",
    "1h30m, PT1H30M",
    "2d, PT48H",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "1500, PT1.5S",
    "0, PT0S",
    "0s, PT0S",
    "' 10m ', PT10M",
    "PT5M, PT5M",
    "90m, PT1H30M"
  })
  void a_duration_is_read(String text, Duration duration) {
    assertThat(DurationText.parse("wait", text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ten",
        "10x",
        "1h30",
        "10 m",
        "m",
        "1.5h",
        "5 x 3",
        "30s1h",
        "-5s",
        "-5",
        "PT-5M",
        "1_000",
        "10M",
        "∞",
        "99999999999999999999s",
        "9999999999999999999",
        "٣s"
      })
  void what_is_no_duration_is_refused_with_its_text(String text) {
    assertThatThrownBy(() -> DurationText.parse("wait", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s)wait must be a duration (such as 30s|of at least 0s), was .*")
        .hasMessageEndingWith(text);
  }

  @Test
  void camel_reads_each_duration_of_a_stream_so() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      for (Method setter : Stream.class.getMethods()) {
        if (Arrays.asList(setter.getParameterTypes()).contains(Duration.class)) {
          String name = setter.getName().substring("set".length());
          assertThatThrownBy(
                  () ->
                      PropertyBindingSupport.build()
                          .withIgnoreCase(true)
                          .bind(camel, new Stream(), name, "10x"))
              .as(name)
              .hasRootCauseMessage("Text cannot be parsed to a Duration");
        }
      }
    }
  }
}
