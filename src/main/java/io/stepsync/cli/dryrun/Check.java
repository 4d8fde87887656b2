package io.stepsync.cli.dryrun;

import io.stepsync.SettingException;
import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.cli.terminal.Terminal;
import io.stepsync.http.ShownText;
import io.stepsync.main.Standalone;
import io.stepsync.run.Failures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** The verb {@code check}: whether a run would succeed, and what to do if not. */
@Command(
    name = "check",
    description = "Checks settings, database, table and API of each stream; writes nothing.")
public final class Check implements Callable<Integer> {

  @Mixin private NamedStreams named;

  @Mixin private AsJson json;

  @Override
  public Integer call() throws Exception {
    Map<String, List<CheckItem>> items = items();
    System.out.print(json.isAsked() ? Json.text(Map.of("streams", jsonOf(items))) : textOf(items));
    boolean ok = items.values().stream().flatMap(List::stream).allMatch(CheckItem::ok);
    return ok ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Map<String, List<CheckItem>> items() throws Exception {
    Standalone standalone;
    try {
      standalone = new Standalone(Standalone.HERE);
    } catch (SettingException e) {
      return Map.of(
          "stepsync",
          List.of(
              CheckItem.failed(
                  "settings",
                  Failures.message(e),
                  "change the file under routes, or application.properties")));
    }
    List<String> streams = standalone.named(named.names());
    return standalone.forTrial(
        (context, problem) -> {
          Optional<String> inTheWay = problem.or(standalone::whyDatabaseCannotBeMade);
          Map<String, List<CheckItem>> items = new LinkedHashMap<>();
          for (String name : streams) {
            items.put(name, StreamCheckup.of(context, standalone.streams().get(name), inTheWay));
          }
          return items;
        });
  }

  private static List<Map<String, Object>> jsonOf(Map<String, List<CheckItem>> items) {
    return items.entrySet().stream()
        .map(
            stream -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put("stream", stream.getKey());
              object.put("ok", stream.getValue().stream().allMatch(CheckItem::ok));
              object.put("checks", stream.getValue());
              return object;
            })
        .toList();
  }

  private static String textOf(Map<String, List<CheckItem>> items) {
    StringBuilder text = new StringBuilder();
    items.forEach(
        (stream, checks) -> {
          text.append(stream).append("\n");
          checks.forEach(item -> text.append(line(item)));
        });
    return text.toString();
  }

  private static String line(CheckItem item) {
    boolean unicode = Terminal.isUnicode();
    String mark = item.ok() ? (unicode ? "✓" : "ok    ") : (unicode ? "✗" : "FAILED");
    String line = "  %s %s: %s%n".formatted(mark, item.check(), ShownText.harmless(item.detail()));
    return item.ok() ? line : line + "      %s%n".formatted(ShownText.harmless(item.advice()));
  }
}
