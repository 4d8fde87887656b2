package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages for integrators and Java teams show is part of a file that a test runs, which the
 * line above it names, or is run here, in the example that it names.
 */
class DocsTest {

  private static final Pattern BLOCK =
      Pattern.compile("(?s)(?:<!-- (from|in) (\\S+) -->\\n)?```(\\w+)\\n(.*?)\\n```\\n");

  /** What a user copies into a pom.xml; the examples have the same. */
  private static final String DEPENDENCY = "<artifactId>stepsync</artifactId>";

  @TempDir Path directory;

  static Stream<Arguments> blocks() throws IOException {
    Stream.Builder<Arguments> blocks = Stream.builder();
    for (String page : List.of("integrators", "embedding", "operating", "dialects")) {
      String text = Files.readString(Path.of("docs", page + ".md"));
      List<MatchResult> found = BLOCK.matcher(text).results().toList();
      assertThat(found).hasSize(text.split("\n```\n", -1).length - 1);
      for (MatchResult block : found) {
        blocks.add(Arguments.of(block.group(1), block.group(2), block.group(4)));
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
    } else {
      run(where, block);
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
