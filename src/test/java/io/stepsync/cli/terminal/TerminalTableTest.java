package io.stepsync.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TerminalTableTest {

  @Test
  void numbers_stand_at_the_right_and_text_at_the_left() {
    TerminalTable table =
        new TerminalTable(List.of("id", "name"))
            .row(List.of(1, "Ann"))
            .row(Arrays.asList(200, null))
            .row(List.of(30, "Bo"));

    assertThat(table.toString(80, "…"))
        .isEqualTo(
            """
             id  name
              1  Ann
            200
             30  Bo
            """);
  }

  @Test
  void the_widest_column_is_cut_first() {
    TerminalTable table =
        new TerminalTable(List.of("id", "text")).row(List.of("1234567", "a long long text"));

    assertThat(table.toString(19, "…")).isEqualTo("id       text\n1234567  a long lo…\n");
  }

  @Test
  void columns_without_room_are_named_below() {
    TerminalTable table =
        new TerminalTable(List.of("first", "second", "third", "fourth"))
            .row(List.of("aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"));

    assertThat(table.toString(18, "…"))
        .isEqualTo("first     second\naaaaaaaa  bbbbbbbb\nnot shown: third,…\n");
  }

  @Test
  void characters_are_counted_as_code_points_and_never_cut_in_two() {
    TerminalTable table = new TerminalTable(List.of("a")).row(List.of("😀".repeat(12)));

    assertThat(table.toString(10, "…")).isEqualTo("a\n" + "😀".repeat(9) + "…\n");
  }

  @Test
  void control_characters_do_nothing() {
    TerminalTable table = new TerminalTable(List.of("a\nb")).row(List.of("\u001b[31mred\r\n"));

    assertThat(table.toString(80, "…").lines())
        .containsExactly("a\uFFFDb", "\uFFFD[31mred\uFFFD\uFFFD");
  }

  @Test
  void the_width_is_that_of_the_environment_or_80() {
    assertThat(Terminal.width("132")).isEqualTo(132);
    assertThat(Terminal.width(null)).isEqualTo(80);
    assertThat(Terminal.width("wide")).isEqualTo(80);
    assertThat(Terminal.width("0")).isEqualTo(80);
  }

  @Property(seed = FixedSeed.VALUE)
  void no_line_is_over_the_width(
      @ForAll @Size(min = 1, max = 12) List<String> values, @ForAll @IntRange(min = 10) int width) {
    List<String> headings = IntStream.range(0, values.size()).mapToObj(i -> "column" + i).toList();

    String text = new TerminalTable(headings).row(values).toString(width % 200 + 10, "...");

    assertThat(text.lines())
        .allSatisfy(
            line ->
                assertThat(line.codePointCount(0, line.length()))
                    .isLessThanOrEqualTo(width % 200 + 10));
  }
}
