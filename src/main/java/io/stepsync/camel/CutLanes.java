package io.stepsync.camel;

import static java.util.stream.Collectors.toMap;

import io.stepsync.sync.Lane;
import io.stepsync.sync.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes of all state rows of a stream, in the body, those that are to stand in their place; none
 * where they are fine as they are, for instance because another node has cut them meanwhile.
 */
public final class CutLanes implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
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
}
