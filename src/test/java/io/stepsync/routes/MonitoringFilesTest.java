package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard, the alerts and the page about them know the metrics that there are. */
class MonitoringFilesTest {

  private static final Path PAGE = Path.of("docs/monitoring.md");
  private static final Path DASHBOARD = Path.of("docs/monitoring/grafana-dashboard.json");
  private static final Path ALERTS = Path.of("docs/monitoring/alerts.yaml");

  private static final Pattern METRIC = Pattern.compile("stepsync_[a-z_]+");

  @TempDir static Path directory;

  private static Scrape scrape;

  @BeforeAll
  static void run() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 3)) {
      Workspace workspace = Observed.workspace(directory);
      workspace.userStream(api.url(), "headUrl: " + api.headUrl(3));
      Observed.during(
          workspace,
          stepsync -> {
            stepsync.sync("user");
            scrape = stepsync.scrape();
          });
    }
  }

  private static Set<String> metricsIn(Path file) throws Exception {
    return METRIC
        .matcher(Files.readString(file))
        .results()
        .map(MatchResult::group)
        .filter(name -> !name.equals("stepsync_run")) // the table
        .collect(Collectors.toSet());
  }

  private static Set<String> samples() {
    return scrape.samples().keySet().stream()
        .map(sample -> sample.split("\\{", 2)[0])
        .collect(Collectors.toSet());
  }

  @Test
  void each_metric_of_the_dashboard_exists() throws Exception {
    new ObjectMapper().readTree(DASHBOARD.toFile());
    assertThat(metricsIn(DASHBOARD)).hasSizeGreaterThan(10).isSubsetOf(samples());
  }

  @Test
  void each_metric_of_the_alerts_exists() throws Exception {
    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
    assertThat(metricsIn(ALERTS)).hasSizeGreaterThan(4).isSubsetOf(samples());
  }

  @Test
  void each_metric_is_on_the_page_and_each_of_the_page_exists() throws Exception {
    Set<String> own =
        scrape.families().stream()
            .filter(name -> name.startsWith("stepsync_"))
            .collect(Collectors.toSet());
    assertThat(metricsIn(PAGE)).isEqualTo(own);
    assertThat(scrape.families())
        .allMatch(name -> own.contains(name) || name.matches("(jvm|process|system)_.*"));
    assertThat(Files.readString(PAGE)).contains("`jvm_`", "`process_`", "`system_`");
  }

  @Test
  void each_key_is_on_the_page_with_its_default() throws Exception {
    for (String line : Files.readAllLines(Path.of("application.properties"))) {
      if (line.matches("(stepsync\\.(metrics|health|log|consoles|camel-cli)|camel\\.open).*")) {
        String[] key = line.split("=", 2);
        assertThat(Files.readString(PAGE)).contains("| `" + key[0] + "` | `" + key[1] + "` |");
      }
    }
  }
}
