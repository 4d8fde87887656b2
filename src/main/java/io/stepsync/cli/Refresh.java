package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.api.LaneRuns;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.steps.ExchangeVariables;
import io.stepsync.steps.StateSteps;
import io.stepsync.steps.verify.SettledIds;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.verify.VerifyScope;
import io.stepsync.window.IdWindow;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code refresh}: reads again what lies below the checkpoint, or a part of it. */
@Command(
    name = "refresh",
    description = {
      "Reads all IDs below the checkpoint again, for changes and deletes, and exits.",
      "A part of them leaves alone where the scheduled refresh stands."
    })
final class Refresh implements Callable<Integer> {

  @Option(
      names = "--ids",
      paramLabel = "A-B",
      description = "Only these IDs, all below the checkpoint, of one stream.")
  private String ids;

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "Only what syncs have asked since 2026-11-01 or 2026-11-01T08:00:00Z.")
  private String since;

  @Option(
      names = "--dry-run",
      description = "Tells which rows would be deleted, and writes nothing.")
  private boolean dry;

  @Mixin private NamedStreams named;

  @Override
  public Integer call() throws Exception {
    if (ids == null && since == null) {
      return StreamsVerb.runEach(named.names(), dry ? RunKind.DRY_REFRESH : RunKind.REFRESH);
    }
    if (ids != null && since != null) {
      throw new SettingException("--ids and --since must not be given together");
    }
    if (named.names() == null || named.names().size() != 1) {
      throw new SettingException("one stream must be named where --ids or --since is given");
    }
    Optional<IdWindow> range = Optional.ofNullable(ids).map(VerifyScope::range);
    AskedSince from = since == null ? null : new AskedSince(since);
    RunKind kind = dry ? RunKind.DRY_PART : RunKind.PART;
    return StreamsVerb.runEach(
        named.names(),
        (context, stream) -> {
          StreamSettings settings =
              context.getRegistry().lookupByNameAndType(stream, Stream.class).checked(stream);
          IdWindow part = part(context, settings, range, from);
          return LaneRuns.of(context, stream, kind, Map.of(ExchangeVariables.IDS, part));
        },
        LaneRuns::isCaughtUp);
  }

  private static IdWindow part(
      CamelContext context, StreamSettings stream, Optional<IdWindow> range, AskedSince from)
      throws SQLException {
    DataSource database = DataSources.of(context);
    long last = SettledIds.require(database, stream, range).reached().currentId() - 1;
    if (range.isPresent()) {
      return range.get();
    }
    try {
      return from.of(
          new StoredRuns(database).last(stream.name(), Integer.MAX_VALUE),
          StateSteps.runsKept(context),
          stream.scan().initialId(),
          last);
    } catch (SettingException e) {
      throw new SettingException("stream " + stream.name() + ": " + e.getMessage(), e);
    }
  }
}
