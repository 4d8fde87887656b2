package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.camel.LateTriggers;
import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.camel.TriggerTable;
import io.stepsync.cli.StreamStatus;
import io.stepsync.cli.StreamStatuses;
import io.stepsync.main.Database;
import io.stepsync.store.StreamMoments;
import io.stepsync.store.budget.Budgets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A stream that waits for a thread until its schedule fires again is late, which is told. */
class LateStreamsTest {

  private static final String EACH_SECOND = "* * * * * ?";
  private static final String ENDED = "SELECT COUNT(*) FROM stepsync_run WHERE ended IS NOT NULL";

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

  /** One that a busy machine lets wait after that is late indeed. */
  @Test
  void one_that_was_due_before_its_scheduler_ran_is_not_late_from_then_on() throws Exception {
    AtomicReference<Instant> started = new AtomicReference<>();
    try (RangeApi api = new RangeApi().users(1, 3);
        CamelContext context = new DefaultCamelContext()) {
      stream("user", api);
      DataSource database = new DriverManagerDataSource("jdbc:hsqldb:mem:late", "SA", "");
      context.getRegistry().bind("warehouse", database);
      context.getPropertiesComponent().addOverrideProperty("stepsync.migrate", "true");
      StepsyncRoutes.addTo(context, "file:" + directory + "/routes/streams/user.camel.yaml");
      context.addStartupListener((starting, already) -> started.set(awaitOverdue(starting)));
      context.start();

      JdbcTemplate sql = new JdbcTemplate(database);
      await().until(() -> sql.queryForObject(ENDED, Long.class) > 2);
      assertThat(StreamMoments.late(sql).all().values())
          .noneMatch(since -> since.isBefore(started.get()));
    }
  }

  /** A start takes its time: some firings of each second pass by. */
  private static Instant awaitOverdue(CamelContext starting) {
    Instant due = TriggerTable.of(starting).read().get(0).next().orElseThrow();
    await().until(() -> Instant.now().isAfter(due.plusSeconds(3)));
    return Instant.now().truncatedTo(ChronoUnit.MILLIS); // as the scheduler has it
  }

  private StreamStatus status(LiveStepsync stepsync) {
    DataSource database =
        stepsync.context().getRegistry().lookupByNameAndType(Database.NAME, DataSource.class);
    return new StreamStatuses(
            new JdbcTemplate(database), Budgets.of(stepsync.context()), Instant.now())
        .of(List.of(workspace.load().streams().get("user")), Map.of("user", EACH_SECOND))
        .get(0);
  }
}
