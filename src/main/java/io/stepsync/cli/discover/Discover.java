package io.stepsync.cli.discover;

import io.stepsync.main.Standalone;
import java.nio.charset.StandardCharsets;
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
    description = "Asks an API for one window, and prints a stream file for it.",
    mixinStandardHelpOptions = true)
public final class Discover implements Callable<Integer> {

  @Mixin private DiscoverOptions options;

  @Option(names = "--xml", description = "Prints Camel XML instead of YAML.")
  private boolean xml;

  @Override
  public Integer call() throws Exception {
    StreamFile file =
        Standalone.withoutStreams(Standalone.HERE)
            .withoutDatabase(context -> new Discovery(context, options).streamFile());
    System.out.write((xml ? file.xml() : file.yaml()).getBytes(StandardCharsets.UTF_8));
    System.out.flush();
    return ExitCode.OK;
  }
}
