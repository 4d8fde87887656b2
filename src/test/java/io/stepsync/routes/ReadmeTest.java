package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What README.md shows works as it stands there. */
class ReadmeTest {

  private static final String URL = "https://api.example.com/orders";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "xml"})
  void the_stream_that_readme_adds_copies_its_api(String language) throws Exception {
    String stream = block(language);
    assertThat(stream.lines()).hasSizeLessThan(25);
    assertThat(stream).containsOnlyOnce(URL);
    try (RangeApi api = new RangeApi().records(1, 1200, ReadmeTest::order)) {
      Workspace workspace = new Workspace(directory);
      Files.writeString(
          directory.resolve("routes/streams/order.camel." + language),
          stream.replace(URL, api.url()));

      Run run = workspace.sync("order");

      assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
      assertThat(workspace.query("select count(*), sum(\"total\") from \"order\""))
          .containsExactly("1200 721200.00");
      assertThat(workspace.query("select * from \"order\" where \"id\" = 7").get(0))
          .startsWith("7 2026-11-15T00:58:20Z 7.50 ");
    }
  }

  private static String order(long id) {
    return "{\"id\":%d,\"placedAt\":\"2026-11-15T00:58:20Z\",\"total\":%d.5}".formatted(id, id);
  }

  private static String block(String language) throws Exception {
    Matcher blocks =
        Pattern.compile("(?s)\n```" + language + "\n(.*?)```\n")
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(blocks.results()).hasSize(1);
    blocks.reset().find();
    return blocks.group(1);
  }
}
