package io.stepsync.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BarLineTest {

  private static final String CLEARED = "\r\u001b[K";

  private final PrintStream out = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void catchOutput() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreOutput() {
    System.setOut(out);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_line_is_printed_whole_above_the_bar_which_is_shown_again() {
    try (BarLine line = new BarLine()) {
      line.accept("50%");
      System.out.printf("%s: %d", "user", 7);
      assertThat(printed()).isEqualTo(CLEARED + "50%");

      System.out.println(" records");

      assertThat(printed())
          .isEqualTo(CLEARED + "50%" + CLEARED + "user: 7 records\n" + CLEARED + "50%");
    }
  }

  @Test
  void nothing_of_it_is_left_behind() {
    try (BarLine line = new BarLine()) {
      line.accept("99%");
    }
    System.out.println("done");

    assertThat(printed()).isEqualTo(CLEARED + "99%" + CLEARED + "done\n");
  }
}
