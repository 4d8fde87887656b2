package io.stepsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.stepsync.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema of a stream's file has all settings, and takes each stream that there is. With {@code
 * -Dstepsync.write=true} it is written again.
 */
class StreamSchemaTest {

  private static final Path SCHEMA = Path.of("src/main/resources/stepsync/stream.schema.json");

  @Test
  void the_schema_is_what_the_javadoc_says() throws Exception {
    String written = StreamSchema.of(SettingsSource.read());
    if (Boolean.getBoolean("stepsync.write")) {
      Files.writeString(SCHEMA, written);
    } else {
      assertThat(SCHEMA)
          .as("mvn -q test -Dtest=StreamSchemaTest -Dstepsync.write=true writes it again")
          .hasContent(written);
    }
  }

  private static List<String> faults(String yaml) throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(StreamSchema.of(SettingsSource.read()));
    return schema.validate(yaml, InputFormat.YAML).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static List<Path> streams() {
    return Stream.of("routes/streams", "docs/recipes", "examples")
        .flatMap(folder -> under(Path.of(folder)).stream())
        .sorted()
        .toList();
  }

  private static List<Path> under(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".camel.yaml"))
          .filter(file -> !file.toString().contains("target"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void each_stream_that_there_is_keeps_to_it(Path file) throws Exception {
    assertThat(faults(Files.readString(file))).isEmpty();
  }

  @Test
  void what_is_mistyped_is_told() throws Exception {
    assertThat(
            faults(
                """
                - beans:
                    - name: order
                      type: io.stepsync.Stream
                      properties:
                        url: https://api.example.com/orders
                        stepSizes: 500
                        maxId: many
                        retries: "{{order.retries:3}}"
                - templatedRoute:
                    routeTemplateRef: step-size-sync
                    routeId: order-sync
                    parameters:
                      - { name: stream, value: order }
                      - { name: shedule, value: "0 0/5 * * * ?" }
                """))
        .anyMatch(fault -> fault.contains("stepSizes"))
        .anyMatch(fault -> fault.contains("maxId"))
        .anyMatch(fault -> fault.contains("parameters[1].name"))
        .noneMatch(fault -> fault.contains("retries"));
  }

  @ParameterizedTest
  @CsvSource({
    "stepSize, 1, true",
    "stepSize, 0, false",
    "stepSize, '\"500\"', true",
    "fetchAhead, 64, true",
    "fetchAhead, 65, false",
    "fetchAhead, 2.5, false",
    "retries, -1, false",
    "deletes, soft, true",
    "deletes, HARD, true",
    "deletes, softly, false",
    "schema, evolve, true",
    "schema, Create, true",
    "schema, migrate, false",
    "method, POST, true",
    "method, post, false",
    "format, ndjson, true",
    "format, csv, false",
    "auth, none, true",
    "auth, kerberos, false",
    "onSourceReset, restart, true",
    "onSourceReset, stop, false",
    "settleAfter, 1h30m, true",
    "settleAfter, 90000, true",
    "settleAfter, PT10M, true",
    "settleAfter, 10 minutes, false",
    "settleAfter, 1h30, false",
    "maxLag, -1, false"
  })
  void it_takes_a_value_if_the_program_does(String setting, String value, boolean isTaken)
      throws Exception {
    String file =
        """
        - beans:
            - name: order
              type: io.stepsync.Stream
              properties:
                url: http://127.0.0.1/
                table: order
                primaryKey: id
                columns: "id: LONG"
                %s: %s
        """;

    assertThat(faults(file.formatted(setting, value)).isEmpty()).isEqualTo(isTaken);
    assertThat(faults(file.formatted(setting, "\"{{order.setting}}\""))).isEmpty();
    assertThat(isTakenByTheProgram(setting, value.replace("\"", ""))).isEqualTo(isTaken);
  }

  private static boolean isTakenByTheProgram(String setting, String value) throws Exception {
    io.stepsync.Stream stream = new io.stepsync.Stream();
    stream.setUrl("http://127.0.0.1/");
    stream.setTable("order");
    stream.setPrimaryKey("id");
    stream.setColumns("id: LONG");
    try (CamelContext context = new DefaultCamelContext()) {
      PropertyBindingSupport.build().bind(context, stream, setting, value);
      stream.checked("order");
      return true;
    } catch (PropertyBindingException | SettingException e) {
      return false;
    }
  }
}
