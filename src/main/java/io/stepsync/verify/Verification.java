package io.stepsync.verify;

import io.stepsync.StreamSettings;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.verify.RowDifference.Kind;
import io.stepsync.window.IdWindow;
import io.stepsync.window.YoungIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is found while a stream is verified, lane by lane. Each difference is looked at twice: one
 * that is gone by then was a change that came meanwhile.
 *
 * <p>Used by one thread at a time.
 */
public final class Verification {

  /** A table that differs in more records has been told from its source: it is left at that. */
  public static final int MOST = 100_000;

  /** So many differences are told one by one. */
  static final int TOLD = 10_000;

  private static final int AT_ONCE = 1000;

  private final StreamSettings stream;
  private final VerifyScope scope;
  private final RowComparison comparison;
  private final Instant started;
  private final NavigableSet<Long> doubtful = new TreeSet<>();
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<RowDifference> told = new ArrayList<>();
  private List<YoungRange> young = List.of();
  private long youngMissing;
  private long deadLetters;
  private long meanwhile;
  private long records;
  private long windows;
  private boolean again;
  private boolean complete = true;
  private String error;

  public Verification(
      StreamSettings stream, VerifyScope scope, RowComparison comparison, Instant started) {
    this.stream = stream;
    this.scope = scope;
    this.comparison = comparison;
    this.started = started;
  }

  /** Returns the stream's name. */
  public String stream() {
    return stream.name();
  }

  public VerifyScope scope() {
    return scope;
  }

  public RowComparison comparison() {
    return comparison;
  }

  /**
   * A lane begins.
   *
   * @param ids those below its checkpoint that may still come
   */
  public void beginLane(YoungIds ids) {
    young = ids.ranges().stream().map(YoungRange::new).toList();
    again = false;
  }

  /** A lane was looked at twice. */
  public void endLane() {
    for (YoungRange range : young) {
      if (range.isLate()) {
        youngMissing += range.missing().size();
      } else {
        range.missing().forEach(this::add);
      }
    }
    young = List.of();
  }

  /** Tells whether what differs is asked for the second time. */
  public boolean isAgain() {
    return again;
  }

  /** Tells whether there is so much that no more is looked for. */
  public boolean isEnough() {
    return doubtful.size() + counts.values().stream().mapToLong(Long::longValue).sum() > MOST;
  }

  /** A window was asked for the first time. */
  public void compared(IdWindow window, WindowRows rows, List<RowDifference> found) {
    windows++;
    records += rows.rowCount();
    deadLetters += rows.deadLetters().stream().filter(letter -> !letter.isFetch()).count();
    young.forEach(range -> range.answered(window, rows.found()));
    inside(window).clear();
    found.forEach(difference -> doubtful.add(difference.id()));
  }

  private NavigableSet<Long> inside(IdWindow window) {
    return doubtful.subSet(window.firstId(), true, window.lastId(), true);
  }

  /** Returns windows that have some of the IDs in doubt; none if there are none left. */
  public List<IdWindow> askAgain(long width) {
    again = true;
    return IdWindow.around(doubtful.stream().limit(AT_ONCE).toList(), width);
  }

  /**
   * A window was asked for the second time.
   *
   * @param dead those of its IDs that have a dead letter
   */
  public void comparedAgain(IdWindow window, List<RowDifference> found, Set<Long> dead) {
    NavigableSet<Long> before = inside(window);
    Set<Long> gone = new TreeSet<>(before);
    for (RowDifference difference : found) {
      if (before.contains(difference.id())) {
        gone.remove(difference.id());
        count(difference, dead.contains(difference.id()));
      }
    }
    meanwhile += gone.size();
    before.clear();
  }

  private void count(RowDifference difference, boolean isDead) {
    Kind kind = difference.kind();
    if (isDead && kind != Kind.SURPLUS) {
      deadLetters++;
    } else {
      Optional<YoungRange> range =
          young.stream().filter(ids -> ids.contains(difference.id())).findFirst();
      if (kind == Kind.MISSING && range.isPresent()) {
        range.get().missing().add(difference);
      } else {
        add(difference);
      }
    }
  }

  private void add(RowDifference difference) {
    counts.merge(difference.kind(), 1L, Long::sum);
    if (told.size() < TOLD) {
      told.add(difference);
    }
  }

  /** Not all was looked at: the run was stopped, or there is enough. */
  public void stopped() {
    complete = false;
  }

  /** A run failed. */
  public void failed(String reason) {
    complete = false;
    error = reason;
  }

  /** The stream was never caught up: that there was nothing to look at proves nothing. */
  public void neverCaughtUp() {
    if (windows == 0 && complete) {
      failed(VerifyReport.NOTHING_YET);
    }
  }

  public boolean isFailed() {
    return error != null;
  }

  /** Returns what was found. */
  public VerifyReport report(Instant ended) {
    return new VerifyReport(
        stream.name(),
        started,
        ended,
        scope.ids().map(IdWindow::firstId).orElse(null),
        scope.ids().map(IdWindow::lastId).orElse(null),
        scope.sample() == 0 ? null : scope.sample(),
        scope.sample() == 0 ? null : scope.seed(),
        windows,
        records,
        count(Kind.MISSING),
        count(Kind.DIFFERENT),
        comparison.findsSurplus() ? count(Kind.SURPLUS) : null,
        count(Kind.UNANSWERED),
        deadLetters,
        youngMissing,
        meanwhile,
        complete,
        error,
        told.stream().sorted(Comparator.comparingLong(RowDifference::id)).toList());
  }

  private long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
