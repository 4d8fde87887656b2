package io.stepsync.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortTextTest {

  private static final String OWL = "\uD83E\uDD89"; // one character of two units

  @Test
  void a_text_is_cut_between_characters_and_never_within_one() {
    assertThat(ShortText.start("a" + OWL + OWL, 2)).isEqualTo("a" + OWL);
    assertThat(ShortText.start("a" + OWL, 2)).isEqualTo("a" + OWL);
    assertThat(ShortText.start("", 2)).isEmpty();
  }

  @Test
  void a_text_tells_that_there_was_more() {
    assertThat(ShortText.told("abc", 3)).isEqualTo("abc");
    assertThat(ShortText.told("abcd", 3)).isEqualTo("abc…");
  }

  @Test
  void lines_become_one() {
    assertThat(ShortText.line("one \r\n  two\n\nthree")).isEqualTo("one two three");
  }
}
