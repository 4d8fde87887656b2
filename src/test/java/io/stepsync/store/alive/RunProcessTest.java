package io.stepsync.store.alive;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.store.alive.RunProcess.Life;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunProcessTest {

  private Process other;

  @AfterEach
  void end() throws InterruptedException {
    if (other != null) {
      other.destroyForcibly().waitFor();
    }
  }

  /** Another Java, which says who it is. */
  public static final class Other {
    public static void main(String... arguments) throws Exception {
      System.out.println(RunProcess.own().text());
      System.in.read();
    }
  }

  private String startOther() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String classes = System.getProperty("java.class.path");
    other = new ProcessBuilder(java, "-cp", classes, Other.class.getName()).start();
    return other.inputReader().readLine();
  }

  @Test
  void this_process_is_here() {
    String own = RunProcess.own().text();

    assertThat(RunProcess.lifeOf(own)).isEqualTo(Life.HERE);
    assertThat(RunProcess.shown(own))
        .matches(ProcessHandle.current().pid() + "@\\S+")
        .isSubstringOf(own);
    assertThat(own).hasSizeLessThanOrEqualTo(300);
  }

  @Test
  void another_is_alive_until_it_is_killed() throws Exception {
    String text = startOther();

    assertThat(RunProcess.lifeOf(text)).isEqualTo(Life.ALIVE);
    other.destroyForcibly().waitFor();
    assertThat(RunProcess.lifeOf(text)).isEqualTo(Life.GONE);
  }

  @Test
  void one_that_got_the_id_of_another_is_not_the_same() throws Exception {
    String text = startOther();

    assertThat(RunProcess.lifeOf(text.replaceFirst(" [^ ]+$", " 1/of-another-start")))
        .isEqualTo(Life.GONE);
  }

  @Test
  void one_of_another_machine_or_container_cannot_be_seen() throws Exception {
    String text = startOther();

    for (String elsewhere :
        List.of(text.replaceFirst("@[^ ]+", "@elsewhere"), text.replaceFirst(" [^ ]+ ", " 1 "))) {
      assertThat(RunProcess.lifeOf(elsewhere)).as(elsewhere).isEqualTo(Life.UNKNOWN);
    }
  }

  @Test
  void what_cannot_be_read_is_not_known() {
    assertThat(RunProcess.lifeOf(null)).isEqualTo(Life.UNKNOWN);
    for (String text :
        List.of("", "x", "4711@alice", "many@alice - -", "99999999999999999999@a - -")) {
      assertThat(RunProcess.lifeOf(text)).as(text).isEqualTo(Life.UNKNOWN);
    }
  }
}
