package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the pages for integrators and Java teams show is part of a file that a test runs, which the
 * line above it names, or is run here, in the example that it names.
 */
class DocsTest {

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?s)((?:<!-- (?:from|in|all of|dependencies of) \\S+ -->\\n)*)```(\\w+)\\n(.*?)\\n```\\n");

  private static final Pattern PLACE = Pattern.compile("<!-- (.*) (\\S+) -->\\n");

  /** What a user copies into a pom.xml; the examples have the same. */
  private static final String DEPENDENCY = "<artifactId>stepsync</artifactId>";

  /** Of the applications in the examples, whatever they do with stepsync. */
  private static final Set<String> OWN = Set.of("logback.xml", "greeting.camel.yaml");

  @TempDir Path directory;

  static Stream<Arguments> blocks() throws IOException {
    Stream.Builder<Arguments> blocks = Stream.builder();
    for (String page : List.of("integrators", "embedding", "operating", "dialects")) {
      String text = Files.readString(Path.of("docs", page + ".md"));
      List<MatchResult> found = BLOCK.matcher(text).results().toList();
      assertThat(found).hasSize(text.split("\n```\n", -1).length - 1);
      for (MatchResult block : found) {
        List<MatchResult> places = PLACE.matcher(block.group(1)).results().toList();
        if (places.isEmpty()) {
          blocks.add(Arguments.of(null, null, block.group(3)));
        }
        for (MatchResult place : places) {
          blocks.add(Arguments.of(place.group(1), place.group(2), block.group(3)));
        }
      }
    }
    return blocks.build();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void what_is_shown_is_what_runs(String how, String where, String block) throws Exception {
    if (how == null) {
      assertThat(block).contains(DEPENDENCY);
    } else if (how.equals("from")) {
      assertThat(Files.readString(Path.of(where))).contains(block);
    } else if (how.equals("all of")) {
      assertThat(Path.of(where)).hasContent(block);
    } else if (how.equals("dependencies of")) {
      assertThat(
              dependencies(Files.readString(Path.of(where)).split("</dependencyManagement>", 2)[1]))
          .containsExactlyElementsOf(dependencies(block));
    } else {
      run(where, block);
    }
  }

  /** Returns what an application is compiled with or runs with, as it may be copied. */
  private static List<String> dependencies(String xml) {
    return Pattern.compile("(?s)<dependency>.*?</dependency>")
        .matcher(xml)
        .results()
        .map(found -> found.group().replaceAll("\\s+", ""))
        .filter(dependency -> !dependency.contains("<scope>test</scope>"))
        .toList();
  }

  /** Else a reader who copies what is shown would lack something. */
  @ParameterizedTest
  @ValueSource(strings = {"plain-context", "camel-main", "spring-boot"})
  void all_resources_of_an_embedding_example_are_shown_but_those_of_the_application_itself(
      String example) throws IOException {
    String page = Files.readString(Path.of("docs/embedding.md"));
    try (Stream<Path> files = Files.walk(Path.of("examples", example, "src/main/resources"))) {
      assertThat(files.filter(Files::isRegularFile))
          .filteredOn(file -> !OWN.contains(file.getFileName().toString()))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(page).contains("<!-- all of " + file + " -->"));
    }
  }

  private void run(String example, String commands) throws Exception {
    Examples.copy(example, directory, "");
    try (RangeApi api = new RangeApi().users(1, 3)) {
      Files.writeString(
          directory.resolve("application.properties"),
          "stepsync.demo.enabled=false\nuser.url=" + api.url() + "\n");
      for (String command : commands.lines().toList()) {
        run(command.replace("java -jar stepsync.jar ", "stepsync "));
      }
    }
  }

  private void run(String command) throws Exception {
    String[] parts = command.split(" > ", 2);
    List<String> words = List.of(parts[0].split(" ", -1));
    assertThat(words.get(0)).isEqualTo("stepsync");
    StepsyncProcess.Result result =
        StepsyncProcess.run(directory, words.subList(1, words.size()).toArray(String[]::new));
    assertThat(result.exitCode()).describedAs(command + "\n" + result.output()).isZero();
    if (parts.length > 1) {
      Files.writeString(directory.resolve(parts[1]), result.output());
    }
  }
}
