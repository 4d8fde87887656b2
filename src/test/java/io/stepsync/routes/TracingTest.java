package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TracingTest {

  private static final String SECRET = "t0p-s3cret";

  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  @TempDir Path directory;

  @Test
  void a_run_is_traced_where_that_is_asked_for_and_shows_no_secret() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 3)) {
      Workspace workspace = Observed.workspace(directory);
      workspace.userStream(
          api.url(),
          "maxGap: 1000\nauth: apiKey\napiKey: t0p-s3cret\napiKeyName: key\napiKeyIn: query");
      workspace.sync("user");
      assertThat(TELEMETRY.getSpans()).isEmpty();

      workspace.property("camel.opentelemetry2.enabled", "true");
      workspace.sync("user");
      assertThat(TELEMETRY.getSpans()).extracting("name").contains("stepsync-run", "stepsync-http");
      assertThat(TELEMETRY.getSpans().toString()).doesNotContain(SECRET);
    }
  }
}
