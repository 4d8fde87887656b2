package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** The verb {@code init}: a folder to begin in; and what is told where there is none. */
@Command(
    name = "init",
    description =
        "Makes a folder to begin in: application.properties, and routes with a stream of the demo.")
final class Init implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(Init.class);
  private static final String GITIGNORE = "# the embedded database\ndata/\n";

  private static final String SCHEMA = "stream.schema.json";

  @Parameters(paramLabel = "DIR", description = "The folder; it is made where it is missing.")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    files.put(directory.resolve("application.properties"), ofJar("application.properties"));
    Path streams = directory.resolve("routes/streams");
    files.put(streams.resolve("user.camel.yaml"), withSchema(ofJar("streams/user.camel.yaml")));
    files.put(streams.resolve(SCHEMA), ofJar(SCHEMA));
    files.put(directory.resolve(".gitignore"), GITIGNORE.getBytes(StandardCharsets.UTF_8));
    for (Path file : files.keySet()) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalStateException(file + " is there already; nothing was made");
      }
    }
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.write(file.getKey(), file.getValue());
      System.out.println(file.getKey());
    }
    System.out.printf(
        "Start stepsync in %s: it copies its demo API. Then put streams of your own into"
            + " routes/streams; stepsync discover URL writes one.%n",
        directory);
    return ExitCode.OK;
  }

  /** An editor that knows the line completes and checks the file by the schema beside it. */
  private static byte[] withSchema(byte[] stream) {
    String line = "# yaml-language-server: $schema=" + SCHEMA + "\n";
    return (line + new String(stream, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ofJar(String name) throws IOException {
    try (InputStream file = Init.class.getResourceAsStream("/stepsync/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  /**
   * Tells that the demo is run where there are no routes.
   *
   * @throws SettingException if the demo is off, so that there is nothing to run
   */
  static void tellWithoutRoutes(Standalone standalone) {
    if (Files.exists(Standalone.HERE.resolve("routes"))) {
      return;
    }
    CamelContext context = standalone.context();
    if (text(context, "user.url").isPresent()) {
      return;
    }
    if (text(context, "stepsync.demo.enabled").filter("true"::equals).isEmpty()) {
      throw new SettingException(
          "there is nothing to run: there is no folder routes here, and stepsync.demo.enabled is"
              + " not true; stepsync init DIR makes a folder to begin in");
    }
    LOG.info(
        "no folder routes is here, so the demo is run; stepsync init DIR makes one to begin in");
  }

  private static Optional<String> text(CamelContext context, String key) {
    return context.getPropertiesComponent().resolveProperty(key);
  }
}
