package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.camel.LateTriggers;
import io.stepsync.cli.StreamStatus;
import io.stepsync.cli.StreamStatuses;
import io.stepsync.main.Database;
import io.stepsync.store.budget.Budgets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A stream that waits for a thread until its schedule fires again is late, which is told. */
class LateStreamsTest {

  private static final String EACH_SECOND = "* * * * * ?";

  @TempDir Path directory;
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = Observed.workspace(directory).property("stepsync.threads", "1");
  }

  private void stream(String name, RangeApi api) throws Exception {
    workspace.stream(
        name,
        "url: %s\ntable: %s\nprimaryKey: id\ncolumns: 'id: LONG'\nmaxGap: 0"
            .formatted(api.url(), name),
        EACH_SECOND);
  }

  @Test
  void it_is_warned_of_once_and_told_until_it_is_in_time_again() throws Exception {
    try (HeldApi held = new HeldApi();
        RangeApi other = new RangeApi().users(1, 3)) {
      held.api.users(1, 3);
      stream("hog", held.api);
      stream("user", other);
      try (LiveStepsync stepsync = new LiveStepsync(directory)) {
        held.awaitHeld();

        String warning = stepsync.awaitLog("user: late by ");

        assertThat(warning)
            .startsWith("WARN ")
            .contains("s, more than the 1 s between its firings, as no thread was free");
        assertThat(LateTriggers.of(stepsync.context()).wait("user"))
            .isGreaterThan(Duration.ofSeconds(1));
        assertThat(LateTriggers.of(stepsync.context()).wait("hog")).isZero();
        StreamStatus status = status(stepsync);
        assertThat(status.lateSince()).isBefore(Instant.now());

        assertThat(stepsync.log("user: late by ")).hasSize(1);
        held.letGo();

        assertThat(stepsync.awaitLog("user: in time again")).startsWith("INFO ");
      }
    }
  }

  private StreamStatus status(LiveStepsync stepsync) {
    DataSource database =
        stepsync.context().getRegistry().lookupByNameAndType(Database.NAME, DataSource.class);
    return new StreamStatuses(
            new JdbcTemplate(database), Budgets.of(stepsync.context()), Instant.now())
        .of(workspace.load().streams().get("user"), EACH_SECOND);
  }
}
