package io.stepsync.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs of several lanes that went on side by side, or one straight after the other, as if they were
 * one run of their stream.
 */
final class SideBySide {

  /** Lanes that share a thread follow each other as closely as this, in milliseconds. */
  private static final long CLOSELY = 1000;

  private SideBySide() {}

  /** Returns the runs with those of a kind and time taken together; both the latest first. */
  static List<RunRow> of(List<RunRow> runs) {
    List<List<RunRow>> groups = new ArrayList<>();
    for (RunRow run : runs) {
      groups.stream()
          .filter(group -> group.get(0).kind().equals(run.kind()))
          .reduce((first, last) -> last)
          .filter(group -> belongs(run, group))
          .orElseGet(() -> added(groups))
          .add(run);
    }
    return groups.stream().map(SideBySide::sum).toList();
  }

  private static List<RunRow> added(List<List<RunRow>> groups) {
    groups.add(new ArrayList<>());
    return groups.get(groups.size() - 1);
  }

  private static boolean belongs(RunRow run, List<RunRow> group) {
    return group.stream().noneMatch(other -> other.lane() == run.lane())
        && (run.ended() == null || run.ended() >= group.get(group.size() - 1).started() - CLOSELY);
  }

  private static RunRow sum(List<RunRow> runs) {
    return runs.stream().reduce(SideBySide::sum).orElseThrow();
  }

  private static RunRow sum(RunRow one, RunRow other) {
    return new RunRow(
        one.run(),
        one.stream(),
        one.lane(),
        one.lanes(),
        one.kind(),
        one.status(),
        Math.min(one.started(), other.started()),
        one.ended() == null || other.ended() == null ? null : Math.max(one.ended(), other.ended()),
        one.windows() + other.windows(),
        one.records() + other.records(),
        one.upserted() + other.upserted(),
        one.unchanged() + other.unchanged(),
        one.deleted() + other.deleted(),
        one.dead() + other.dead(),
        one.firstId(),
        one.lastId(),
        one.head(),
        one.error(),
        one.node());
  }
}
