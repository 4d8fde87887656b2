package io.stepsync.cli;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.api.LaneRuns;
import io.stepsync.steps.ExchangeVariables;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.StoredRun;
import io.stepsync.verify.SettledIds;
import io.stepsync.verify.VerifyScope;
import io.stepsync.window.IdWindow;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code refresh}: reads again what lies below the checkpoint, or a part of it. */
@Command(
    name = "refresh",
    description = {
      "Reads all IDs below the checkpoint again, for changes and deletes, and exits.",
      "A part of them leaves alone where the scheduled refresh stands."
    })
final class Refresh implements Callable<Integer> {

  private static final String SYNCS =
      "SELECT started, first_id FROM stepsync_run WHERE stream = ? AND kind = 'sync' AND windows >"
          + " 0";

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

  @Parameters(paramLabel = "STREAM", description = "The streams; all if none is named.")
  private List<String> names;

  @Override
  public Integer call() throws Exception {
    if (ids == null && since == null) {
      return StreamsVerb.runEach(names, dry ? RunKind.DRY_REFRESH : RunKind.REFRESH);
    }
    if (ids != null && since != null) {
      throw new SettingException("--ids and --since must not be given together");
    }
    if (names == null || names.size() != 1) {
      throw new SettingException("one stream must be named where --ids or --since is given");
    }
    Optional<IdWindow> range = Optional.ofNullable(ids).map(VerifyScope::range);
    Optional<Instant> from = Optional.ofNullable(since).map(Refresh::moment);
    RunKind kind = dry ? RunKind.DRY_PART : RunKind.PART;
    return StreamsVerb.runEach(
        names,
        (context, stream) -> {
          StreamSettings settings =
              context.getRegistry().lookupByNameAndType(stream, Stream.class).checked(stream);
          IdWindow part = part(DataSources.of(context), settings, range, from);
          return LaneRuns.of(context, stream, kind, Map.of(ExchangeVariables.IDS, part));
        },
        LaneRuns::isCaughtUp);
  }

  private static IdWindow part(
      DataSource database, StreamSettings stream, Optional<IdWindow> range, Optional<Instant> from)
      throws SQLException {
    long last = SettledIds.require(database, stream, range).reached().currentId() - 1;
    return range.isPresent() ? range.get() : since(database, stream, from.orElseThrow(), last);
  }

  /**
   * @param last the last ID that is settled
   */
  private static IdWindow since(
      DataSource database, StreamSettings stream, Instant from, long last) {
    List<Asked> syncs =
        new JdbcTemplate(database)
            .query(
                SYNCS,
                (row, number) ->
                    new Asked(StoredRun.instant(row, "started"), row.getLong("first_id")),
                stream.name());
    boolean complete =
        syncs.stream()
            .anyMatch(
                sync ->
                    sync.started().isBefore(from) || sync.firstId() == stream.scan().initialId());
    if (!complete) {
      throw new SettingException(
          "stream %s: --since must not be before the history that is kept, which begins at %s; --ids says which IDs"
              .formatted(
                  stream.name(),
                  syncs.stream().map(Asked::started).min(Instant::compareTo).orElse(null)));
    }
    long first =
        syncs.stream()
            .filter(sync -> !sync.started().isBefore(from))
            .mapToLong(Asked::firstId)
            .min()
            .orElse(Long.MAX_VALUE);
    if (first > last) {
      throw new SettingException(
          "stream %s: --since must be before the last sync that found something, was %s"
              .formatted(stream.name(), from));
    }
    return new IdWindow(first, last);
  }

  /** Where a sync began. */
  private record Asked(Instant started, long firstId) {}

  private static Instant moment(String text) {
    try {
      return text.length() == "2026-11-01".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new SettingException(
          "--since must be a date, such as 2026-11-01, or 2026-11-01T08:00:00Z, was " + text, e);
    }
  }
}
