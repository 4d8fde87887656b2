package io.stepsync.routes;

import static io.stepsync.LongestWait.awaitOpen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stepsync.routes.StepsyncProcess.Result;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs beside a process that has the embedded database open, and verbs where there is none. */
class BesideARunTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi().users(1, 1500);
  private Workspace workspace;
  private final CountDownLatch theEnd = new CountDownLatch(1);
  private Process running;

  @BeforeEach
  void open() throws Exception {
    workspace = new Workspace(directory).userStream(api.url(), "");
    workspace.stream(
        "other", Workspace.userSettings(api.url(), "").replace("table: user", "table: other"));
  }

  @AfterEach
  void close() throws Exception {
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
    theEnd.countDown();
    api.close();
  }

  private Path use() {
    return directory.resolve("data/stepsync.use");
  }

  /** Starts a verb that stays, and returns where it serves the database. */
  private String start(String... verb) throws IOException {
    running =
        StepsyncProcess.builder(directory, verb)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("running.txt").toFile())
            .start();
    return await()
        .ignoreExceptions() // there is no file yet
        .until(() -> Files.readString(use()), text -> text.contains("/"))
        .strip()
        .replaceFirst(".* ", "");
  }

  private String verb(String... arguments) throws Exception {
    Result result = StepsyncProcess.run(directory, arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void a_verb_looks_at_and_changes_what_a_run_has_open() throws Exception {
    start("run");

    assertThat(verb("status")).contains("user", "never run");
    assertThat(verb("sync", "other")).contains("other: caught up, checkpoint 1501");
    assertThat(verb("history", "other")).contains("1500");
    assertThat(verb("state", "set", "other", "1000")).contains("checkpoint 1000, was 1501");
    assertThat(verb("pause", "user")).contains("user: paused");
    assertThat(verb("dead-letters", "list")).contains("there are no dead letters");
    assertThat(verb("check", "other")).contains("is open, stepsync's own tables are there");

    running.destroy();
    running.waitFor();

    assertThat(workspace.query("select count(*) from \"other\"")).containsExactly("1500");
    assertThat(workspace.query("select current_id from stepsync_state where stream = 'other'"))
        .containsExactly("1000");
  }

  @Test
  void a_second_run_is_refused_and_told_which_process_has_the_database() throws Exception {
    start("run");

    Result second = StepsyncProcess.run(directory, "run");

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.output())
        .isEqualToIgnoringNewLines(
            "stepsync: the database jdbc:hsqldb:file:"
                + directory.resolve("data/stepsync")
                + " is in use by process "
                + running.pid()
                + ", stepsync run");
    assertThat(running.isAlive()).isTrue();
  }

  @Test
  void who_does_not_know_the_secret_name_gets_no_connection() throws Exception {
    String address = start("run");
    String place = address.replaceFirst("/.*", "");

    for (String name : new String[] {"", "stepsync", ";filepath=file:data/stepsync"}) {
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection("jdbc:hsqldb:hsql://" + place + "/" + name, "SA", ""))
          .isInstanceOf(SQLException.class);
    }
    assertThat(address).matches("127\\.0\\.0\\.1:\\d+/[0-9a-f]{30,}");
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(use())))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(directory.resolve("running.txt")))
        .doesNotContain(address.replaceFirst(".*/", ""));
  }

  @Test
  void where_the_process_was_killed_a_verb_opens_the_files_itself() throws Exception {
    start("run");
    running.destroyForcibly().waitFor();

    assertThat(verb("sync", "user")).contains("user: caught up, checkpoint 1501");
  }

  /** Starts a verb with the API holding its answers, so that it does not end. */
  private Process held(String... verb) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    api.onRequest(
        () -> {
          asked.countDown();
          awaitOpen(theEnd);
        });
    Process process = StepsyncProcess.start(directory, verb);
    awaitOpen(asked);
    return process;
  }

  @Test
  void a_run_is_running_until_its_process_is_killed_and_broken_off_from_then_on() throws Exception {
    start("run");
    Process sync = held("sync", "other");
    assertThat(verb("status", "other")).contains("other     running ", "other: a sync runs since");

    sync.destroyForcibly().waitFor();

    assertThat(verb("status", "other"))
        .contains("✗ broken off", "was broken off, as its process " + sync.pid() + "@", "is gone");
    assertThat(verb("history", "other")).contains("✗ broken off");
    assertThat(verb("status", "other", "--json")).contains("\"state\" : \"broken_off\"");
    running.destroyForcibly().waitFor();
    assertThat(verb("status", "other")).contains("✗ broken off");
  }

  @Test
  void a_verb_whose_database_is_gone_with_its_process_says_so() throws Exception {
    start("run");
    Process sync = held("sync", "other");
    running.destroyForcibly().waitFor();
    theEnd.countDown();

    assertThat(sync.waitFor()).isEqualTo(1);
    assertThat(StepsyncProcess.printed(directory))
        .contains(
            "the process that had the database open is gone, or has closed it; start this again")
        .doesNotContain("Connection is not available");
    assertThat(verb("sync", "other")).contains("other: caught up, checkpoint 1501");
  }

  @Test
  void a_sync_that_is_used_by_another_waits_for_its_end() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch going = new CountDownLatch(1);
    api.onRequest(
        () -> {
          first.countDown();
          awaitOpen(going);
        });
    start("sync", "user");
    awaitOpen(first);

    Process other = StepsyncProcess.start(directory, "sync", "other");
    await().until(() -> StepsyncProcess.printed(directory).contains("other: run starts"));
    going.countDown();

    assertThat(other.waitFor()).as(StepsyncProcess.printed(directory)).isZero();
    assertThat(running.waitFor()).isZero();
    assertThat(workspace.query("select count(*) from \"other\"")).containsExactly("1500");
  }

  @Test
  void what_only_looks_makes_no_database() throws Exception {
    assertThat(verb("status")).contains("never run");
    assertThat(verb("plan", "user")).contains("windows");
    assertThat(verb("preview", "user")).contains("1000 records");
    assertThat(verb("check", "user"))
        .contains("has none of stepsync's own tables, a run makes them");
    assertThat(verb("validate")).contains("user: ok");
    assertThat(verb("history")).contains("there was no run yet");
    assertThat(verb("state", "export")).contains("{}");
    assertThat(verb("dead-letters", "list")).contains("there are no dead letters");

    assertThat(directory.resolve("data")).doesNotExist();
  }
}
