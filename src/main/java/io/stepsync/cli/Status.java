package io.stepsync.cli;

import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.Marks;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.http.ShownText;
import io.stepsync.store.alive.RunProcess;
import io.stepsync.store.budget.BudgetStatus;
import io.stepsync.store.budget.Budgets;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StreamState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code status}: how streams stand. */
@Command(
    name = "status",
    description = "Shows how each stream stands, what it waits for, and why it failed.")
final class Status implements Callable<Integer> {

  private static final List<String> HEADINGS =
      List.of("stream", "state", "checkpoint", "head", "lag", "last success", "dead", "next run");

  private static final List<String> LANE_HEADINGS =
      List.of("lane", "state", "first ID", "last ID", "checkpoint", "lag", "node");
  private static final List<StreamState> STATES =
      List.of(
          StreamState.RUNNING,
          StreamState.RUNNING_OR_BROKEN_OFF,
          StreamState.FAILED,
          StreamState.BROKEN_OFF,
          StreamState.STOPPED);

  private static final Set<StreamState> WITHOUT_END =
      EnumSet.of(StreamState.RUNNING, StreamState.BROKEN_OFF, StreamState.RUNNING_OR_BROKEN_OFF);

  @Mixin private NamedStreams named;

  @Mixin private AsJson json;

  @Override
  public Integer call() throws Exception {
    return StreamsVerb.look(
        named.names(),
        streams -> {
          Instant now = Instant.now();
          StreamStatuses statuses =
              new StreamStatuses(streams.sql(), Budgets.of(streams.standalone().context()), now);
          Map<String, String> schedules = streams.standalone().schedules();
          print(
              statuses.of(
                  streams.names().stream().map(streams.standalone().streams()::get).toList(),
                  schedules),
              now);
        });
  }

  private void print(List<StreamStatus> statuses, Instant now) throws Exception {
    if (json.isAsked()) {
      Json.print(statuses);
      return;
    }
    TerminalTable table = new TerminalTable(HEADINGS);
    statuses.forEach(status -> table.row(row(status, now)));
    System.out.print(Marks.coloured(table.toString()));
    statuses.forEach(status -> printDetails(status, now));
    printBudgets(statuses);
    if (named.names() != null) {
      statuses.stream().filter(status -> status.lanes() != null).forEach(Status::printLanes);
    }
  }

  private static void printBudgets(List<StreamStatus> statuses) {
    Map<BudgetStatus, List<String>> streams = new LinkedHashMap<>();
    statuses.stream()
        .filter(status -> status.budget() != null)
        .filter(status -> status.budget().name() != null || status.budget().heldUntil() != null)
        .forEach(
            status ->
                streams
                    .computeIfAbsent(status.budget(), budget -> new ArrayList<>())
                    .add(status.stream()));
    streams.forEach(
        (budget, names) ->
            System.out.printf(
                "%s%s: %s%s%n",
                budget.name() == null ? "" : "budget " + budget.name() + " of ",
                String.join(", ", names),
                budget.limit(),
                budget.heldUntil() == null
                    ? ""
                    : "; held back by the API until " + Moments.moment(budget.heldUntil())));
  }

  private static void printLanes(StreamStatus status) {
    boolean nodes = status.lanes().stream().anyMatch(lane -> lane.node() != null);
    int columns = LANE_HEADINGS.size() - (nodes ? 0 : 1);
    TerminalTable table = new TerminalTable(LANE_HEADINGS.subList(0, columns));
    for (StreamStatus.LaneStatus lane : status.lanes()) {
      table.row(
          Arrays.asList(
              lane.lane(),
              Marks.of(lane.state()) + lane.state().words(),
              lane.firstId(),
              lane.lastId(),
              lane.checkpoint(),
              lane.lag(),
              lane.node()));
    }
    System.out.print(Marks.coloured(table.toString()));
  }

  private static List<Object> row(StreamStatus status, Instant now) {
    return Arrays.asList(
        status.stream(),
        Marks.of(status.state())
            + status.state().words()
            + (status.lateSince() == null ? "" : ", late"),
        status.checkpoint(),
        status.head(),
        status.lag(),
        distance(status.lastSuccess(), now),
        status.deadLetters(),
        status.pausedAt() != null ? "paused" : distance(status.nextRun(), now));
  }

  private static String distance(Instant moment, Instant now) {
    return moment == null ? "never" : Moments.distance(moment, now);
  }

  private static void printDetails(StreamStatus status, Instant now) {
    String name = status.stream();
    if (status.lanes() != null) {
      System.out.printf(
          "%s: %s, wrote last %s%n", name, lanes(status), distance(status.lastWritten(), now));
    }
    Optional.ofNullable(status.lastRun())
        .filter(run -> status.lanes() == null && WITHOUT_END.contains(run.state()))
        .ifPresent(
            run ->
                System.out.printf(
                    "%s: %s, wrote last %s%n",
                    name, withoutEnd(run), distance(status.lastWritten(), now)));
    if (status.lateSince() != null) {
      System.out.printf(
          "%s: late, was due %s, and no thread was free until its schedule fired again"
              + " (stepsync.threads)%n",
          name, Moments.moment(status.lateSince()));
    }
    if (status.young() > 0) {
      System.out.printf(
          "%s: %d young IDs, which may still come and are asked again, until %s%n",
          name, status.young(), Moments.moment(status.youngUntil()));
    }
    if (status.error() != null) {
      System.out.printf("%s: %s%n", name, ShownText.harmless(status.error()));
    }
    if (status.refresh() != null) {
      System.out.printf("%s: refresh %s%n", name, text(status.refresh(), status, now));
    }
    if (status.verified() != null) {
      System.out.printf(
          "%s: verified %s, %s%n",
          name,
          distance(status.verified().ended(), now),
          ShownText.harmless(status.verified().summary()));
    }
  }

  private static String withoutEnd(StoredRun run) {
    String since = Moments.moment(run.started());
    String process =
        run.process() == null ? "" : " " + ShownText.harmless(RunProcess.shown(run.process()));
    return switch (run.state()) {
      case RUNNING ->
          "a %s runs since %s%s"
              .formatted(
                  run.kind(),
                  since,
                  run.node() == null ? "" : " on " + ShownText.harmless(run.node()));
      case BROKEN_OFF ->
          "the %s of %s was broken off, as its process%s is gone"
              .formatted(run.kind(), since, process);
      default ->
          "a %s runs since %s, or was broken off: its process%s cannot be seen from here"
              .formatted(run.kind(), since, process);
    };
  }

  /** Returns such as {@code 8 lanes, 3 running, 1 failed}. */
  private static String lanes(StreamStatus status) {
    long settled = status.lanes().stream().filter(StreamStatus.LaneStatus::settled).count();
    return status.lanes().size()
        + " lanes"
        + STATES.stream()
            .filter(state -> status.lanes(state) > 0)
            .map(state -> ", " + status.lanes(state) + " " + state.words())
            .collect(Collectors.joining())
        + (settled > 0 ? ", " + settled + " settled" : "");
  }

  private static String text(StreamStatus.Refresh refresh, StreamStatus status, Instant now) {
    String state = refresh.state().words();
    String where =
        !refresh.begun()
            ? ""
            : ", at ID "
                + refresh.position()
                + (refresh.lane() == null
                    ? " of " + status.checkpoint()
                    : " in lane " + refresh.lane());
    String due =
        refresh.nextDue() == null
            ? ", not scheduled"
            : refresh.nextDue().isAfter(now)
                ? ", next due " + Moments.moment(refresh.nextDue())
                : ", due behind the next run that is caught up";
    boolean told =
        refresh.error() == null
            || (status.error() != null && status.error().endsWith(refresh.error()));
    String error = told ? "" : "; " + ShownText.harmless(refresh.error());
    return state + where + due + error;
  }
}
