package io.stepsync.cli.discover;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The verb {@code discover}: a stream file for an API of which only the URL is known. The file is
 * in UTF-8, as Camel reads it, whatever the terminal has.
 */
@Command(
    name = "discover",
    description = "Asks an API for some records, and prints a stream file for it.")
public final class Discover implements Callable<Integer> {

  private static final String SCHEMA = "stream.schema.json";

  @Mixin private DiscoverOptions options;

  @Option(names = "--xml", description = "Prints Camel XML instead of YAML.")
  private boolean xml;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Writes the stream file there, whole or not at all; it must not be there yet.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    requireOut();
    StreamFile file =
        Standalone.withoutStreams(Standalone.HERE)
            .withoutDatabase(context -> new Discovery(context, options).streamFile());
    if (out != null) {
      write(xml ? file.xml() : "# yaml-language-server: $schema=" + SCHEMA + "\n" + file.yaml());
    } else {
      System.out.write((xml ? file.xml() : file.yaml()).getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
    return ExitCode.OK;
  }

  private void requireOut() {
    if (out != null && Files.exists(out)) {
      throw new SettingException("--out must be a file that is not there yet, was " + out);
    }
    if (out != null && !Files.isDirectory(directory())) {
      throw new SettingException("--out must be in a folder that is there, was " + out);
    }
  }

  private Path directory() {
    return Objects.requireNonNull(out.toAbsolutePath().getParent());
  }

  /**
   * Writes the file, and beside it the schema that an editor checks it by, if that is missing. A
   * stepsync that takes edits over while it runs must not see a half of it.
   */
  private void write(String text) throws IOException {
    Path part = Files.createTempFile(directory(), out.getFileName().toString(), ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, out);
    } finally {
      Files.deleteIfExists(part);
    }
    Path schema = directory().resolve(SCHEMA);
    if (!xml && !Files.exists(schema)) {
      try (InputStream ofJar = Discover.class.getResourceAsStream("/stepsync/" + SCHEMA)) {
        Files.copy(Objects.requireNonNull(ofJar, SCHEMA), schema);
      }
    }
  }
}
