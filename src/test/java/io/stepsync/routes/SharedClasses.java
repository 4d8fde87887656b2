package io.stepsync.routes;

import io.stepsync.cli.StepsyncCommand;
import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.routes.ScriptedApi.Request;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The class path of processes that tests start, and an archive of its classes for class data
 * sharing, by which a process takes a third less of a core. Such an archive takes jars alone, so
 * the built classes are put in one. Made once a build, by the first that asks for it.
 */
final class SharedClasses {

  private static final Path CLASSES = classes();

  private static List<String> options;

  private SharedClasses() {}

  /** Returns the options of a JVM that starts with these classes. */
  static synchronized List<String> jvmOptions() {
    if (options == null) {
      options = make();
    }
    return options;
  }

  private static Path classes() {
    try {
      return Path.of(
          StepsyncCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> make() {
    if (!Files.isDirectory(CLASSES)) {
      return on(CLASSES);
    }
    try {
      Path folder = Files.createDirectories(CLASSES.resolveSibling("shared-classes"));
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        Path jar = folder.resolve("stepsync-%x.jar".formatted(lastBuilt()));
        Path archive = Path.of(jar + ".jsa");
        if (!Files.exists(archive)) {
          make(jar, archive);
        }
        List<String> options = new ArrayList<>(on(jar));
        options.add("-XX:SharedArchiveFile=" + archive);
        return options;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The tests' own logging, which is off, stays behind. */
  private static List<String> on(Path product) {
    Stream<String> others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !Files.isDirectory(Path.of(entry)))
            .filter(entry -> !entry.equals(product.toString()));
    return List.of(
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        String.join(
            File.pathSeparator, Stream.concat(Stream.of(product.toString()), others).toList()));
  }

  private static long lastBuilt() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files.mapToLong(file -> file.toFile().lastModified()).reduce(0, (a, b) -> 31 * a + b);
    }
  }

  private static void make(Path jar, Path archive) throws IOException, InterruptedException {
    ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(
            System.out,
            System.err,
            "--create",
            "--file=" + jar,
            "--no-compress",
            "-C",
            CLASSES.toString(),
            ".");
    Path folder = Files.createTempDirectory(archive.getParent(), "run");
    try (ScriptedApi api = new ScriptedApi(SharedClasses::first)) {
      Path made = folder.resolve("stepsync.jsa");
      List<String> command =
          new ArrayList<>(
              List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      command.addAll(on(jar));
      command.addAll(
          List.of(
              "-XX:ArchiveClassesAtExit=" + made, StepsyncCommand.class.getName(), "sync", "user"));
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("STEPSYNC_DEMO_ENABLED", "false");
      builder.environment().put("USER_URL", api.url("/"));
      builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
      Files.move(made, archive);
    }
  }

  private static Reply first(Request request) {
    return request.number("start_id") == 1 ? Reply.range(1, 1) : Reply.json("{\"data\": []}");
  }
}
