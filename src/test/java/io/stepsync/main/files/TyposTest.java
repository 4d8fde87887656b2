package io.stepsync.main.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import io.stepsync.main.StartFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people mistype in a stream's file, each told in one line that says where: the list is {@code
 * typos/typos.txt}. Of each the lines {@code -} of a good file are replaced by the lines {@code +},
 * and {@code =} is what {@code validate} says.
 */
class TyposTest {

  private static final Path TYPOS = Path.of("src/test/resources/typos");

  @TempDir Path directory;

  /** A mistake, and what is said of it. */
  record Typo(String name, List<String> lines) {

    String after(String mark) {
      return lines.stream()
          .filter(line -> line.startsWith(mark))
          .map(line -> line.substring(mark.length()) + "\n")
          .collect(Collectors.joining());
    }

    boolean is(String word) {
      return lines.contains(word);
    }

    String expected() {
      return after("= ").strip();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Typo> typos() throws IOException {
    return Arrays.stream(Files.readString(TYPOS.resolve("typos.txt")).split("\n\n"))
        .map(text -> new ArrayList<>(text.lines().toList()))
        .map(lines -> new Typo(lines.remove(0), lines));
  }

  @ParameterizedTest
  @MethodSource("typos")
  void a_typo_is_refused_in_one_line_that_says_where(Typo typo) throws Exception {
    write(typo);

    Throwable refused = catchThrowable(this::validate);

    String told = refused == null ? "accepted" : StartFailure.of(refused).message();
    assertThat(told.replace(directory + "/", "")).isEqualTo(typo.expected());
    assertThat(refused).isInstanceOf(SettingException.class);
  }

  /** Else each of them might be refused for something else. */
  @ParameterizedTest
  @ValueSource(strings = {".yaml", ".xml"})
  void the_good_file_is_accepted(String ending) throws Exception {
    String file = "order.camel" + ending;
    String good = Files.readString(TYPOS.resolve("order" + ending + ".txt"));
    put("routes/streams/" + file, good, StandardCharsets.UTF_8);

    validate();
  }

  private void validate() {
    new Standalone(directory).refuseWhatCannotRun();
  }

  private void write(Typo typo) throws IOException {
    String ending = typo.name.startsWith("xml: ") ? ".xml" : ".yaml";
    String good = Files.readString(TYPOS.resolve("order" + ending + ".txt"));
    String file = typo.after("rename: ").strip();
    String other = typo.after("file: ").strip();
    String copy = typo.after("copy: ").strip();
    Charset charset = typo.is("latin1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    put(
        file.isEmpty() ? "routes/streams/order.camel" + ending : file,
        other.isEmpty() ? replaced(good, typo) : good,
        charset);
    if (!other.isEmpty()) {
      put(other, typo.after("+ "), charset);
    }
    if (!copy.isEmpty()) {
      put(copy, good, charset);
    }
  }

  private static String replaced(String good, Typo typo) {
    String before = typo.after("- ");
    assertThat(good).contains(before);
    return good.replace(before, typo.after("+ "));
  }

  private void put(String file, String text, Charset charset) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, charset);
  }
}
