package io.stepsync.cli.discover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.FixedSeed;
import io.stepsync.main.Standalone;
import io.stepsync.routes.ShapedApi;
import io.stepsync.routes.Workspace;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever an API's records hold, the stream that is discovered takes all of them. */
class DiscoverPropertiesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Many streams a try, as a context takes longer to start than a stream to run. */
  private static final int STREAMS = 10;

  @Property(seed = FixedSeed.VALUE, tries = 2, shrinking = ShrinkingMode.OFF)
  void what_was_discovered_is_copied_without_a_dead_letter(
      @ForAll("samples") List<List<Map<String, Object>>> samples) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "discovered");
    try (ShapedApi api = new ShapedApi()) {
      Workspace workspace = new Workspace(directory);
      for (int i = 0; i < samples.size(); i++) {
        api.shape("s" + i, "{\"data\":[$]}", json(samples.get(i)));
      }
      discover(api, samples.size(), directory);

      List<Run> runs =
          workspace
              .load()
              .withoutTriggers(
                  context -> {
                    List<Run> all = new ArrayList<>();
                    for (int i = 0; i < samples.size(); i++) {
                      all.add(Standalone.run(context, "s" + i, RunKind.SYNC));
                    }
                    return all;
                  });

      for (int i = 0; i < samples.size(); i++) {
        assertThat(runs.get(i).getError()).isEmpty();
        assertThat(runs.get(i).getCounters().deadLetters()).as("%s", samples.get(i)).isZero();
        assertThat(runs.get(i).getCounters().upserted()).isEqualTo(samples.get(i).size());
      }
    }
  }

  private static void discover(ShapedApi api, int streams, Path directory) throws Exception {
    Standalone.withoutStreams(directory)
        .withoutDatabase(
            context -> {
              for (int i = 0; i < streams; i++) {
                DiscoverOptions options = new DiscoverOptions();
                options.url = api.url("s" + i);
                options.start = 1;
                options.step = 1000L;
                StreamFile file = new Discovery(context, options).streamFile();
                file.settings().put("maxId", "1000"); // no need to look for more
                boolean yaml = i % 2 == 0;
                Files.writeString(
                    directory.resolve(
                        "routes/streams/s" + i + (yaml ? ".camel.yaml" : ".camel.xml")),
                    yaml ? file.yaml() : file.xml());
              }
              return null;
            });
  }

  private static String[] json(List<Map<String, Object>> records) throws JsonProcessingException {
    String[] texts = new String[records.size()];
    for (int i = 0; i < texts.length; i++) {
      Map<String, Object> record = new LinkedHashMap<>(records.get(i));
      record.put("id", i + 1);
      texts[i] = JSON.writeValueAsString(record);
    }
    return texts;
  }

  @Provide
  Arbitrary<List<List<Map<String, Object>>>> samples() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("name", "created-at", "a.b", "größe", "yes", "#x", "a:b", "a)", "---"),
            Arbitraries.strings().withChars(" -~").ofMinLength(1).ofMaxLength(6),
            Arbitraries.strings().ofMaxLength(4).filter(DiscoverPropertiesTest::isWellFormed));
    return Arbitraries.maps(names, Arbitraries.of(values()))
        .ofMaxSize(6)
        .flatMap(DiscoverPropertiesTest::records)
        .list()
        .ofSize(STREAMS);
  }

  /** A column has values of one kind in most records, and of any kind in others. */
  private static Arbitrary<List<Map<String, Object>>> records(
      Map<String, Arbitrary<? extends Object>> columns) {
    Arbitrary<Map<String, Object>> record = Arbitraries.just(Map.of());
    for (Map.Entry<String, Arbitrary<? extends Object>> column : columns.entrySet()) {
      Arbitrary<Object> value = column.getValue().map(any -> (Object) any).injectNull(0.1);
      record =
          Combinators.combine(record, value)
              .as(
                  (others, one) -> {
                    Map<String, Object> all = new LinkedHashMap<>(others);
                    all.put(column.getKey(), one);
                    return all;
                  });
    }
    return record.list().ofMinSize(1).ofMaxSize(20);
  }

  private static List<Arbitrary<? extends Object>> values() {
    Arbitrary<String> text =
        Arbitraries.strings().ofMaxLength(20).filter(DiscoverPropertiesTest::isWellFormed);
    Arbitrary<Instant> moments =
        Arbitraries.longs().between(-62_000_000_000L, 253_000_000_000L).map(Instant::ofEpochSecond);
    List<Arbitrary<? extends Object>> kinds =
        List.of(
            Arbitraries.of(true, false),
            Arbitraries.longs(),
            Arbitraries.bigIntegers().between(BigInteger.ONE.negate(), BigInteger.TEN.pow(45)),
            Arbitraries.bigDecimals()
                .between(BigDecimal.valueOf(-1e9), BigDecimal.valueOf(1e9))
                .ofScale(4),
            Arbitraries.doubles(),
            moments.map(Instant::toString),
            moments.map(moment -> moment.toString().replace("Z", "+05:30")),
            moments.map(moment -> moment.toString().replace("Z", "")),
            Arbitraries.longs()
                .between(-700_000, 2_900_000)
                .map(LocalDate::ofEpochDay)
                .map(LocalDate::toString),
            Arbitraries.integers()
                .between(0, 86_399)
                .map(LocalTime::ofSecondOfDay)
                .map(LocalTime::toString),
            text,
            text.map(List::of),
            text.map(key -> Map.of(key, 1.5)));
    List<Arbitrary<? extends Object>> all = new ArrayList<>(kinds);
    kinds.forEach(kind -> all.add(Arbitraries.oneOf(kind, kinds.get(1), kinds.get(10))));
    return all;
  }

  /** Half a character is no text that a database could give back. */
  private static boolean isWellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
  }
}
