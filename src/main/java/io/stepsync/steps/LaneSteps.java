package io.stepsync.steps;

import static java.util.stream.Collectors.toMap;

import io.stepsync.run.LaneName;
import io.stepsync.run.Run;
import io.stepsync.steps.firing.LaneStarter;
import io.stepsync.store.LaneCut;
import io.stepsync.store.LaneRows;
import io.stepsync.store.RunKind;
import io.stepsync.store.SqlRow;
import io.stepsync.store.StateRow;
import io.stepsync.store.StoredLanes;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** The steps of routes/lanes.camel.yaml. Each takes the exchange of a run. Thread-safe. */
public final class LaneSteps {

  /**
   * Makes of all state rows of a stream, in the body, those that are to stand in their place; none
   * where they are fine as they are, for instance because another node has cut them meanwhile.
   */
  public void cut(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    List<SqlRow> rows = SqlRow.all(exchange);
    Map<Long, SqlRow> refreshes = byLane(rows, RunKind.REFRESH);
    List<SqlRow> syncs = List.copyOf(byLane(rows, RunKind.SYNC).values());
    StoredLanes before =
        new StoredLanes(
            syncs.stream().map(row -> StateRow.lane(row, begun(run, row, refreshes))).toList());
    LaneCut cut = run.laneCut();
    if (!cut.isDue(before)) {
      exchange.getMessage().setBody(List.of());
      return;
    }
    Lanes after = cut.cut(before);
    run.cut(after);
    List<Map<String, Object>> rowsAfter = new ArrayList<>();
    LaneRows made = new LaneRows(run.getStream(), before, cut.count(before));
    for (int number = 0; number < after.all().size(); number++) {
      Lane lane = after.all().get(number);
      SqlRow source = syncs.get(lane(before, lane.firstId()));
      rowsAfter.add(made.sync(number, lane, source));
      SqlRow refresh = refreshes.get(source.number("lane"));
      if (refresh != null) {
        rowsAfter.add(made.refresh(number, lane, refresh, run.getSettings().scan().initialId()));
      }
    }
    exchange.getMessage().setBody(rowsAfter);
  }

  private static Map<Long, SqlRow> byLane(List<SqlRow> rows, RunKind kind) {
    return rows.stream()
        .filter(row -> row.text("kind").equals(kind.text()))
        .collect(
            toMap(
                row -> row.number("lane"),
                row -> row,
                (one, other) -> one,
                java.util.TreeMap::new));
  }

  /** A refresh that is not begun has its position at the lane's first ID. */
  private static SqlRow begun(Run run, SqlRow sync, Map<Long, SqlRow> refreshes) {
    SqlRow refresh = refreshes.get(sync.number("lane"));
    long first = Math.max(sync.number("first_id", 0), run.getSettings().scan().initialId());
    return refresh != null && refresh.number("current_id") > first ? refresh : null;
  }

  private static int lane(StoredLanes lanes, long id) {
    int number = 0;
    while (lanes.get(number).lane().lastId() < id) {
      number++;
    }
    return number;
  }

  /**
   * The lowest lane has begun to run: starts the others too, where it has cut them a moment ago, or
   * a {@link LaneStarter} waits for that.
   */
  public void startOthers(Exchange exchange) throws SchedulerException {
    Run run = ExchangeVariables.run(exchange);
    if (run.getLane() > 0) {
      return;
    }
    CamelContext context = exchange.getContext();
    LaneStarter starter = exchange.getVariable(ExchangeVariables.LANE_STARTER, LaneStarter.class);
    if (starter != null) {
      starter.start(run, run.getLaneCount());
    } else if (run.isCut()) {
      fire(context, run);
    }
    if (run.kind() == RunKind.SYNC) {
      run.requests().memory().agreeOnLanes();
    }
  }

  private static void fire(CamelContext context, Run run) throws SchedulerException {
    Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
    for (int lane = 1; scheduler != null && lane < run.getLaneCount(); lane++) {
      JobKey trigger = LaneName.of(run.getStream(), lane).key();
      if (scheduler.checkExists(trigger)) {
        scheduler.triggerJob(trigger);
      }
    }
  }
}
