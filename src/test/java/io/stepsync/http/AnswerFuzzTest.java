package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import io.stepsync.window.IdWindow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever bytes an API sends: they are records, or no answer. */
class AnswerFuzzTest {

  private static final RecordId ID = new RecordId(Answers.pointer("id"));
  private static final String WHOLE =
      "{\"n\":1.5e3,\"data\":[{\"id\":1,\"a\":[true,null,\"é😀\"]},{\"id\":\"2\",\"b\":{}}],\"x\":\"\\u00d6\"}";

  @Provide
  Arbitrary<byte[]> anyBytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
  }

  /** Texts of the signs that JSON is made of come further than any bytes do. */
  @Provide
  Arbitrary<byte[]> almostJson() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\"id\"",
            "\"data\"",
            "1",
            "-",
            ".",
            "e9",
            "null",
            "true",
            "\\",
            "\n",
            " ",
            "\u0000",
            "é",
            "{\"id\":1}",
            "\"data\":[",
            "99999999999999999999",
            "NaN")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
  }

  /** A whole answer in which a few bytes are others. */
  @Provide
  Arbitrary<byte[]> damagedJson() {
    byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
    Arbitrary<Map<Integer, Byte>> changes =
        Arbitraries.maps(Arbitraries.integers().between(0, whole.length - 1), Arbitraries.bytes())
            .ofMinSize(1)
            .ofMaxSize(4);
    return Combinators.combine(Arbitraries.just(whole), changes)
        .as(
            (bytes, others) -> {
              byte[] damaged = bytes.clone();
              others.forEach((index, other) -> damaged[index] = other);
              return damaged;
            });
  }

  @Property(seed = FixedSeed.VALUE)
  void any_bytes_are_records_or_no_answer(@ForAll("anyBytes") byte[] body) {
    read(body);
  }

  @Property(seed = FixedSeed.VALUE)
  void almost_json_is_records_or_no_answer(@ForAll("almostJson") byte[] body) {
    read(body);
  }

  @Property(seed = FixedSeed.VALUE)
  void damaged_json_is_records_or_no_answer(@ForAll("damagedJson") byte[] body) {
    read(body);
  }

  private static void read(byte[] body) {
    for (AnswerFormat format :
        List.of(
            Answers.format("/data", "json", false, 1000),
            Answers.format("", "json", false, 1000),
            Answers.format("", "json", true, 1000),
            Answers.format(null, "ndjson", false, 1000))) {
      read(format, body);
    }
  }

  private static void read(AnswerFormat format, byte[] body) {
    try {
      List<Map<String, Object>> records = Answers.records(format, body);
      records.forEach(record -> assertThat(ID.in(record, new IdWindow(0, 5))).isBetween(0L, 5L));
    } catch (AnswerException e) {
      assertThat(e).hasMessageNotContaining("Exception");
    }
  }
}
