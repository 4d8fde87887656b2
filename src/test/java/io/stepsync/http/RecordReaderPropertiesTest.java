package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.FixedSeed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecordReaderPropertiesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Provide
  Arbitrary<List<Map<String, Object>>> someRecords() {
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            Arbitraries.integers(),
            Arbitraries.of(true, false),
            Arbitraries.bigIntegers(),
            Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(5),
            Arbitraries.integers().list().ofMaxSize(3));
    return Arbitraries.maps(Arbitraries.of("id", "data", "größe", "\"", ""), value)
        .ofMaxSize(4)
        .list()
        .ofMaxSize(5);
  }

  /** Half of a pair alone cannot be written as UTF-8. */
  private static char[] surrogates() {
    char[] chars = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return chars;
  }

  private static byte[] answer(List<Map<String, Object>> records) throws JsonProcessingException {
    String array = JSON.writeValueAsString(records);
    return ("{\"x\": [1], \"a\": {\"data\": " + array + ", \"b\": {\"a\": 0}}, \"z\": \"é\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Numbers are read into the smallest type, so it is their text that is the same. */
  @Property(seed = FixedSeed.VALUE)
  void records_are_read_as_they_were_written(
      @ForAll("someRecords") List<Map<String, Object>> records) throws JsonProcessingException {
    List<Map<String, Object>> read = Answers.records("/a/data", answer(records));

    assertThat(JSON.writeValueAsString(read)).isEqualTo(JSON.writeValueAsString(records));
  }

  @Property(seed = FixedSeed.VALUE)
  void an_answer_that_was_cut_off_anywhere_is_refused(
      @ForAll("someRecords") List<Map<String, Object>> records,
      @ForAll @IntRange(max = 99_999) int position)
      throws JsonProcessingException {
    byte[] whole = answer(records);
    byte[] cut = Arrays.copyOf(whole, whole.length * position / 100_000);

    assertThatThrownBy(() -> Answers.records("/a/data", cut)).isInstanceOf(AnswerException.class);
  }

  @Test
  void an_answer_that_was_cut_off_at_any_byte_is_refused() {
    byte[] whole =
        """
        {"count": 2, "user": {"data": [{"id": "1", "näme": "Zoë 😀", "tags": [null, true]},
        {"id": 2, "price": -1.25e3, "address": {"city": "\\u00d6"}}], "next": null}, "took": 12}"""
            .getBytes(StandardCharsets.UTF_8);

    assertThat(Answers.records("/user/data", whole)).hasSize(2);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Answers.records("/user/data", cut))
          .as("cut after %d bytes", length)
          .isInstanceOf(AnswerException.class);
    }
  }
}
