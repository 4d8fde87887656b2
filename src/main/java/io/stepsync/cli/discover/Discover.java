package io.stepsync.cli.discover;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    description = "Asks an API for some records, and prints a stream file for it.",
    mixinStandardHelpOptions = true)
public final class Discover implements Callable<Integer> {

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
    if (out != null && Files.exists(out)) {
      throw new SettingException("--out must be a file that is not there yet, was " + out);
    }
    StreamFile file =
        Standalone.withoutStreams(Standalone.HERE)
            .withoutDatabase(context -> new Discovery(context, options).streamFile());
    byte[] text = (xml ? file.xml() : file.yaml()).getBytes(StandardCharsets.UTF_8);
    if (out != null) {
      write(text);
    } else {
      System.out.write(text);
      System.out.flush();
    }
    return ExitCode.OK;
  }

  /** A stepsync that takes edits over while it runs must not see a half of it. */
  private void write(byte[] text) throws IOException {
    Path directory = out.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, out.getFileName().toString(), ".part");
    try {
      Files.write(part, text);
      Files.move(part, out);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
