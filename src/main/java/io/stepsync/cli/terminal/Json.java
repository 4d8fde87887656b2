package io.stepsync.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Writes JSON for people and programs. Thread-safe. */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .build();
  private static final ObjectWriter WRITER =
      MAPPER
          .writerWithDefaultPrettyPrinter()
          .with(JsonWriteFeature.ESCAPE_NON_ASCII)
          .with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

  private Json() {}

  /** Returns the text of maps, lists, records and values, in ASCII, with a line break behind it. */
  public static String text(Object value) {
    try {
      return WRITER.writeValueAsString(value) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Prints what {@link #text} returns; moments in UTC, as ISO 8601 has them. */
  public static void print(Object value) {
    System.out.print(text(value));
  }

  /** What gives values one by one to whoever prints them. */
  public interface Values {
    void forEach(Consumer<Object> print);
  }

  /** Prints an array as {@link #print} does, and holds none of its values. */
  public static void printEach(Values values) throws IOException {
    PrintStream out = System.out;
    try (SequenceWriter array =
        WRITER.without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValuesAsArray(out)) {
      values.forEach(
          value -> {
            try {
              array.write(value);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    out.println();
  }

  /** Returns what {@code text} says. */
  public static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
