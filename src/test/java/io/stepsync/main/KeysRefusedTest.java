package io.stepsync.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stepsync.routes.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a run from starting is refused by {@code validate} too, which opens nothing. */
class KeysRefusedTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stepsync.datasource.url | jdbc:postgresl://h/d | stepsync.datasource.url must begin with jdbc:hsqldb:, jdbc:mariadb:, jdbc:mysql:, jdbc:postgresql:, jdbc:sqlite:, or as a driver in the folder more knows it, was jdbc:postgresl://h/d; did you mean jdbc:postgresql:?",
        "stepsync.datasource.url | postgresql://h/d | stepsync.datasource.url must begin with jdbc:hsqldb:, jdbc:mariadb:, jdbc:mysql:, jdbc:postgresql:, jdbc:sqlite:, or as a driver in the folder more knows it, was postgresql://h/d; did you mean jdbc:postgresql:?",
        "stepsync.datasource.url | jdbc:oracle:thin:@h | stepsync.datasource.url must begin with jdbc:hsqldb:, jdbc:mariadb:, jdbc:mysql:, jdbc:postgresql:, jdbc:sqlite:, or as a driver in the folder more knows it, was jdbc:oracle:thin:@h",
        "stepsync.datasource.max-connections | 0 | stepsync.datasource.max-connections must be >= 1, was 0",
        "stepsync.datasource.max-connections | ten | stepsync.datasource.max-connections must be a number, was ten",
        "stepsync.threads | 0 | stepsync.threads must be >= 1, was 0",
        "stepsync.page.port | 70000 | stepsync.page.port must be 0 to 65535, was 70000",
        "stepsync.budget.shop | 2/x | stepsync.budget.shop must be like 2/s or 40/min, or 2/s, burst 10, at most 4 at once, was 2/x",
      })
  void a_wrong_key_is_told_in_one_line(String key, String value, String message) throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/", "");
    Files.writeString(
        directory.resolve("application.properties"), key + "=" + value + System.lineSeparator());

    Throwable refused = catchThrowable(() -> new Standalone(directory).refuseWhatCannotRun());

    assertThat(refused)
        .hasMessage(message + " (" + directory.resolve("application.properties") + ":1)");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void a_file_that_is_not_in_utf8_is_refused() throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/", "");
    Path file = directory.resolve("application.properties");
    Files.writeString(file, "# ours\nmy.city=Zürich\n", StandardCharsets.ISO_8859_1);

    assertThat(catchThrowable(() -> new Standalone(directory)))
        .hasMessage(file + ":2 must be in UTF-8, was byte 0xfc after \"my.city=Z\"");
  }

  @Test
  void a_value_is_read_in_utf8() throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/{{my.city}}", "");
    Files.writeString(directory.resolve("application.properties"), "my.city=Zürich\n");

    assertThat(new Standalone(directory).context().resolvePropertyPlaceholders("{{my.city}}"))
        .isEqualTo("Zürich");
  }
}
