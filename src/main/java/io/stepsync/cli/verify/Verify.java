package io.stepsync.cli.verify;

import io.stepsync.SettingException;
import io.stepsync.api.Stepsync;
import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.cli.terminal.RunBars;
import io.stepsync.main.Standalone;
import io.stepsync.verify.VerifyReport;
import io.stepsync.verify.VerifyScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code verify}: compares each record that the API has with its row. */
@Command(
    name = "verify",
    description = {
      "Compares what the API has below the checkpoint with the table, record by record.",
      "Writes nothing but what it found, for status; exits with 1 if something differs."
    })
public final class Verify implements Callable<Integer> {

  @Mixin private NamedStreams named;

  @Option(
      names = "--ids",
      paramLabel = "A-B",
      description = "Only these IDs, all below the checkpoint.")
  private String ids;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Only N windows, spread over the IDs.")
  private Integer sample;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Which windows a sample has; another each time if not given.")
  private Long seed;

  @Mixin private AsJson json;

  @Override
  public Integer call() throws Exception {
    VerifyScope scope = VerifyScope.of(ids, sample, seed);
    Standalone standalone = new Standalone(Standalone.HERE);
    List<String> streams = streams(standalone);
    List<VerifyReport> reports = new ArrayList<>();
    standalone.withoutTriggers(
        context -> {
          try (AutoCloseable bars = RunBars.watch(context)) {
            for (String stream : streams) {
              reports.add(Stepsync.in(context).verify(stream, scope));
            }
          }
          return reports;
        });
    if (json.isAsked()) {
      Json.print(Map.of("streams", reports));
    } else {
      reports.forEach(report -> System.out.print(new VerifyText(report)));
    }
    return reports.stream().allMatch(VerifyReport::isEqual) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Of all streams those without a table are passed over; one that is named is refused. */
  private List<String> streams(Standalone standalone) {
    List<String> streams =
        standalone.named(named.names()).stream()
            .filter(
                name -> named.names() != null || standalone.streams().get(name).table().hasTable())
            .toList();
    if (streams.isEmpty()) {
      throw new SettingException("there must be a stream with a table to verify");
    }
    return streams;
  }
}
