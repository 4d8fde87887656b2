package io.stepsync.sync;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which window a run asks next, and where its checkpoint stands. The whole of it is arithmetic:
 * each answer makes a new plan out of the old one.
 *
 * <p>A window with records moves the checkpoint past the highest of them. An empty window leaves
 * the checkpoint and doubles the width, so that a gap of G IDs costs about log2(G / stepSize)
 * requests. A window in trouble is asked again in two halves, and one whose answer may be capped in
 * two parts. The scan position moves past the window each time, and what is left of a window comes
 * before it.
 *
 * <p>Immutable to its users.
 */
public final class WindowPlan {

  private final ScanSettings settings;
  private final Deque<IdWindow> parts;
  private Checkpoint checkpoint;
  private AnswerLimit answerLimit;
  private Proof proof;
  private Probe probe;
  private Recent recent;
  private long position;
  private Widths widths;
  private boolean caughtUp;

  private WindowPlan(
      ScanSettings settings, Checkpoint checkpoint, AnswerLimit answerLimit, Known known) {
    this.settings = settings;
    this.checkpoint = checkpoint;
    this.answerLimit = answerLimit;
    this.parts = new ArrayDeque<>();
    this.position = settings.firstIdFor(checkpoint);
    this.widths = Widths.of(settings);
    this.caughtUp = position > settings.maxId();
    this.recent = Recent.of(known);
  }

  private WindowPlan(WindowPlan old) {
    settings = old.settings;
    parts = new ArrayDeque<>(old.parts);
    checkpoint = old.checkpoint;
    answerLimit = old.answerLimit;
    proof = old.proof;
    probe = old.probe;
    recent = old.recent;
    position = old.position;
    widths = old.widths;
    caughtUp = old.caughtUp;
  }

  /** Returns the plan of a run that starts at {@code checkpoint} and knows nothing of the API. */
  public static WindowPlan startingAt(Checkpoint checkpoint, ScanSettings settings) {
    return startingAt(checkpoint, settings, AnswerLimit.UNKNOWN, Known.NOTHING);
  }

  /**
   * Returns the plan of a run that starts at {@code checkpoint}.
   *
   * @param answerLimit what {@link #answerLimit} gave at the end of the run before
   * @param known what {@link #known} gave then
   */
  public static WindowPlan startingAt(
      Checkpoint checkpoint, ScanSettings settings, AnswerLimit answerLimit, Known known) {
    long declared = settings.responseLimit();
    return new WindowPlan(
        settings, checkpoint, declared > 0 ? answerLimit.cutAt(declared) : answerLimit, known);
  }

  /** Returns the plan that asks for each of {@code ids} by itself first. */
  public WindowPlan asking(Collection<Long> ids) {
    WindowPlan plan = new WindowPlan(this);
    ids.stream().sorted().distinct().forEach(id -> plan.parts.addLast(new IdWindow(id, id)));
    return plan;
  }

  /** Returns the plan that asks for each of {@code ids} by itself, and for nothing else. */
  public WindowPlan askingOnly(Collection<Long> ids) {
    WindowPlan plan = asking(ids);
    plan.caughtUp = true;
    return plan;
  }

  /** Returns the window to ask now, or nothing when the run is caught up. */
  public Optional<IdWindow> next() {
    if (!parts.isEmpty()) {
      return Optional.of(parts.getFirst());
    }
    return caughtUp
        ? Optional.empty()
        : Optional.of(IdWindow.of(position, widths.next(), settings.maxId()));
  }

  /** Tells whether the answer to {@code window} may lack records, and must not be committed. */
  public boolean mayBeCapped(IdWindow window, Records records) {
    return isProbe(window) || answerLimit.mayBeCapped(window, records);
  }

  /**
   * Tells whether {@code window} is asked only to see an answer larger than one in doubt: whatever
   * it holds is asked for again.
   */
  public boolean isProbe(IdWindow window) {
    return probe != null && probe.window().equals(window);
  }

  /** As {@link #found(IdWindow, Records, long)}, for an answer that came at once. */
  WindowPlan found(IdWindow window, Records records) {
    return found(window, records, 0);
  }

  /**
   * Returns the plan after {@code window}, the one that {@link #next} gave, was answered with
   * records; with all that there are, unless the answer {@link #mayBeCapped}.
   *
   * @param millis how long the answer took
   * @throws IllegalArgumentException if a record is outside {@code window}
   */
  public WindowPlan found(IdWindow window, Records records, long millis) {
    if (!window.contains(records.highestId())) {
      throw new IllegalArgumentException(records.highestId() + " is outside the window " + window);
    }
    WindowPlan plan = new WindowPlan(this);
    if (isProbe(window)) {
      plan.probed(records);
    } else if (mayBeCapped(window, records)) {
      plan.prove(window, records);
    } else {
      plan.settle(window, records, millis);
    }
    return plan;
  }

  private void prove(IdWindow window, Records records) {
    take(window);
    learn(records.count());
    if (answerLimit.limit() == 0 && proof != null && proof.contradictedBy(records.count())) {
      answerLimit = answerLimit.cutAt(records.count());
      proof = null;
    }
    if (answerLimit.limit() > 0) {
      widths = widths.afterCut(window);
      putBack(window.halves());
      return;
    }
    Optional<IdWindow> larger = recent.windowUpTo(window, records.count(), widths.widest());
    if (larger.isPresent()) {
      probe = new Probe(larger.get(), window, records);
      parts.addFirst(window);
      parts.addFirst(larger.get());
    } else {
      splitToProve(window, records);
    }
  }

  private void splitToProve(IdWindow window, Records records) {
    if (proof == null) {
      proof = new Proof(window, records.count(), 0);
    }
    putBack(window.splitAfter(records.medianId()));
  }

  /** A larger answer clears the doubt; one as large, where there must be more, is the limit. */
  private void probed(Records records) {
    learn(records.count());
    long doubtful = probe.doubtful().count();
    if (records.count() < doubtful) {
      abandonProbe();
      return;
    }
    endProbe();
    if (records.count() == doubtful) {
      answerLimit = answerLimit.cutAt(records.count());
    }
  }

  private void endProbe() {
    parts.removeFirst();
    probe = null;
  }

  /** The probe told nothing: the answer in doubt is proved without it. */
  private void abandonProbe() {
    Probe failed = probe;
    endProbe();
    parts.removeFirst();
    splitToProve(failed.of(), failed.doubtful());
  }

  private void learn(long records) {
    long declared = settings.responseLimit();
    answerLimit = declared > 0 ? answerLimit.cutAt(declared) : answerLimit.seen(records);
  }

  private void settle(IdWindow window, Records records, long millis) {
    boolean part = take(window);
    checkpoint = checkpoint.movedPast(records.highestId());
    learn(records.count());
    recent = recent.with(window, records.count());
    if (proof != null) {
      proof = proof.with(records.count());
      endProof(window);
    }
    if (!part) {
      widths =
          widths.afterRecords(
              window, settings.stepAim().judge(records.count(), millis, answerLimit.limit()));
    }
  }

  private void endProof(IdWindow window) {
    if (proof != null && window.lastId() >= proof.window().lastId()) {
      proof = null;
    }
  }

  /** Returns the plan after {@code window}, the one that {@link #next} gave, held no record. */
  public WindowPlan foundNothing(IdWindow window) {
    WindowPlan plan = new WindowPlan(this);
    if (isProbe(window)) {
      plan.abandonProbe();
      return plan;
    }
    if (!plan.take(window)) {
      plan.widths = plan.widths.afterNothing();
    }
    plan.endProof(window);
    long unusedInARow = window.lastId() - plan.checkpoint.currentId() + 1;
    if (plan.parts.isEmpty() && unusedInARow >= Math.max(1, settings.maxGap())) {
      plan.caughtUp = true;
    }
    return plan;
  }

  /**
   * Returns the plan after {@code window}, the one that {@link #next} gave, could not be answered
   * as it was: its halves come next, and the windows behind it are as narrow as they are for a
   * while. A single ID is passed over.
   */
  public WindowPlan halved(IdWindow window) {
    WindowPlan plan = new WindowPlan(this);
    if (isProbe(window)) {
      plan.abandonProbe();
      return plan;
    }
    if (!plan.take(window)) {
      plan.widths = plan.widths.afterTrouble(window);
    }
    if (window.isSingle()) {
      plan.endProof(window);
    } else {
      plan.putBack(window.halves());
    }
    return plan;
  }

  /** Tells whether {@code window} is wider than a step, so that the API may refuse it for that. */
  public boolean isWidened(IdWindow window) {
    return window.width() > settings.stepSize();
  }

  /**
   * Returns the plan after the API refused {@code window} for its width: it is asked again in
   * steps, and no window of the run is wider.
   */
  public WindowPlan refused(IdWindow window) {
    WindowPlan plan = new WindowPlan(this);
    plan.widths = plan.widths.afterRefusal(settings.stepSize());
    if (isProbe(window)) {
      plan.abandonProbe();
    } else if (plan.take(window)) {
      plan.putBack(window.halves());
    } else {
      plan.position = window.firstId();
      plan.caughtUp = false;
    }
    return plan;
  }

  private boolean take(IdWindow window) {
    if (!parts.isEmpty()) {
      parts.removeFirst();
      return true;
    }
    caughtUp = window.lastId() >= settings.maxId();
    position = caughtUp && window.lastId() == Long.MAX_VALUE ? position : window.lastId() + 1;
    return false;
  }

  private void putBack(List<IdWindow> windows) {
    parts.addFirst(windows.get(1));
    parts.addFirst(windows.get(0));
  }

  /** Returns the checkpoint that the windows answered so far allow. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Returns the first ID that this run has not settled; the one behind the last at its end. */
  public long position() {
    if (!parts.isEmpty()) {
      return (isProbe(parts.getFirst()) ? probe.of() : parts.getFirst()).firstId();
    }
    return position;
  }

  /** Returns what the answers so far tell of the API's limit. */
  public AnswerLimit answerLimit() {
    return answerLimit;
  }

  /** Returns what a later run must know of the records below the checkpoint. */
  public Known known() {
    long start = settings.firstIdFor(checkpoint);
    return recent.below(start, answerLimit.largest(), checkpoint);
  }
}
