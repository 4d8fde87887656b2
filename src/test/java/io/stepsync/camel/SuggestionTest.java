package io.stepsync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  private static NavigableSet<String> streams(int count) {
    NavigableSet<String> names = new TreeSet<>();
    IntStream.rangeClosed(1, count).mapToObj("stream%04d"::formatted).forEach(names::add);
    return names;
  }

  @Test
  void a_few_streams_are_all_told() {
    assertThat(Suggestion.unknownStream("strem0001", streams(2)))
        .isEqualTo("stream must be one of [stream0001, stream0002], was strem0001");
  }

  @Test
  void of_many_streams_the_first_are_told_and_the_one_that_was_meant() {
    assertThat(Suggestion.unknownStream("strem0700", streams(1000)))
        .startsWith("stream must be one of [stream0001, stream0002, ")
        .endsWith(", stream0020, and 980 more], was strem0700; did you mean stream0700?")
        .hasSizeLessThan(400);
  }
}
