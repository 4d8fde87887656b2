package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, unpacked and started as a user would. */
class DistributionIT {

  @TempDir Path directory;
  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    Path archive = Path.of("target/stepsync-dist.tar.gz").toAbsolutePath();
    Path opt = Files.createDirectory(directory.resolve("opt"));
    assertThat(run(opt, Map.of(), "tar", "xzf", archive.toString())).isEmpty();
    try (var found = Files.list(opt)) {
      home = found.findFirst().orElseThrow();
    }
    Files.createDirectory(home.resolve(".faster-start")); // as after a first start
  }

  private String run(Path in, Map<String, String> environment, String... command) throws Exception {
    Path output = directory.resolve("output.txt");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    process.environment().putAll(environment);
    int exitCode = process.start().waitFor();
    String text = Files.readString(output);
    assertThat(exitCode).describedAs(text).isZero();
    return text;
  }

  private Path empty() throws IOException {
    return Files.createDirectories(directory.resolve("work"));
  }

  @Test
  void the_launcher_copies_an_api_from_an_empty_folder() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 1500)) {
      Map<String, String> environment =
          Map.of(
              "STEPSYNC_DEMO_ENABLED", "false",
              "USER_URL", api.url(),
              "JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx128m");
      assertThat(run(empty(), environment, home.resolve("bin/stepsync").toString(), "sync"))
          .contains("user: caught up, checkpoint 1501", "1500 upserted");
    }
  }

  @Test
  void the_first_start_keeps_classes_that_the_next_one_uses() throws Exception {
    Files.delete(home.resolve(".faster-start"));
    String launcher = home.resolve("bin/stepsync").toString();
    assertThat(run(empty(), Map.of(), launcher, "--version")).startsWith("stepsync 0.");
    await().until(() -> Files.exists(home.resolve("stepsync.jsa")));
    Map<String, String> told =
        Map.of("JAVA_OPTS", "-Xshare:on -Xlog:class+load=info:file=classes.txt");
    assertThat(run(empty(), told, launcher, "validate")).startsWith("user: ok");
    assertThat(Files.readString(empty().resolve("classes.txt")))
        .contains("org.apache.camel.main.Main source: shared objects file (top)");
  }

  @Test
  void the_launcher_works_through_a_link() throws Exception {
    Path link =
        Files.createSymbolicLink(directory.resolve("stepsync"), home.resolve("bin/stepsync"));
    assertThat(run(empty(), Map.of(), link.toString(), "--version")).startsWith("stepsync 0.");
  }

  @Test
  void the_jar_alone_finds_its_libraries() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(
            run(
                empty(),
                Map.of(),
                java,
                "-jar",
                home.resolve("stepsync.jar").toString(),
                "validate"))
        .startsWith("user: ok");
  }

  @Test
  void the_program_names_its_libraries_and_the_library_for_applications_none() throws Exception {
    assertThat(manifest(home.resolve("stepsync.jar")).getValue(Name.CLASS_PATH).split(" "))
        .containsExactlyInAnyOrderElementsOf(
            libraries().stream().map(library -> "lib/" + library).toList());
    assertThat(manifest(library()))
        .doesNotContainKeys(Name.CLASS_PATH, Name.MAIN_CLASS)
        .containsKey(Name.IMPLEMENTATION_VERSION);
  }

  /** What is installed and deployed. */
  private static Path library() throws IOException {
    try (var files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("stepsync-\\d.*(?<!-tests)\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Attributes manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes();
    }
  }

  private List<String> libraries() throws IOException {
    try (var files = Files.list(home.resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void what_it_is_made_of_is_told() throws Exception {
    String bill = Files.readString(home.resolve("stepsync.cdx.json"));
    assertThat(libraries())
        .hasSizeGreaterThan(50)
        .allSatisfy(library -> assertThat(bill).contains(library.replaceFirst("-\\d.*", "\"")));
  }
}
