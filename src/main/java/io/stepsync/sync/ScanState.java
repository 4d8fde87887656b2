package io.stepsync.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What a {@link WindowPlan} is made of: changed while the next plan is made, and never again. */
final class ScanState {

  private final ScanSettings settings;
  private final long start;
  private final Deque<IdWindow> parts;
  private Checkpoint checkpoint;
  private AnswerLimit answerLimit;
  private Proof proof;
  private Probe probe;
  private Recent recent;
  private long position;
  private Widths widths;
  private boolean caughtUp;

  ScanState(ScanSettings settings, Checkpoint checkpoint, AnswerLimit answerLimit, Known known) {
    this.settings = settings;
    this.checkpoint = checkpoint;
    this.answerLimit = answerLimit;
    this.parts = new ArrayDeque<>();
    this.start = settings.firstIdFor(checkpoint);
    this.position = start;
    this.widths = Widths.of(settings);
    this.caughtUp = position > settings.maxId();
    this.recent = Recent.of(known);
  }

  ScanState(ScanState old) {
    settings = old.settings;
    start = old.start;
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

  void ask(Collection<Long> ids) {
    ids.stream().sorted().distinct().forEach(id -> parts.addLast(new IdWindow(id, id)));
  }

  void end() {
    caughtUp = true;
  }

  Optional<IdWindow> next() {
    if (!parts.isEmpty()) {
      return Optional.of(parts.getFirst());
    }
    return caughtUp
        ? Optional.empty()
        : Optional.of(IdWindow.of(position, widths.next(), settings.maxId()));
  }

  /**
   * Over a gap nothing is foreseen behind the next window; nor is where the answer tells how far it
   * goes.
   */
  List<IdWindow> ahead(int most) {
    List<IdWindow> ahead = new ArrayList<>(parts);
    boolean inGap = widths.next() != widths.usual();
    long firstId = position;
    boolean more = !caughtUp && !(inGap && !parts.isEmpty());
    while (more && ahead.size() < most) {
      IdWindow window = IdWindow.of(firstId, widths.next(), settings.maxId());
      ahead.add(window);
      firstId = window.lastId() + 1;
      more = window.lastId() < settings.maxId() && !inGap && !settings.openEnded();
    }
    return List.copyOf(ahead.subList(0, Math.min(most, ahead.size())));
  }

  boolean mayBeCapped(IdWindow window, Records records) {
    return !settings.openEnded() && (isProbe(window) || answerLimit.mayBeCapped(window, records));
  }

  boolean isProbe(IdWindow window) {
    return probe != null && probe.window().equals(window);
  }

  void found(IdWindow window, Records records, long millis) {
    if (isProbe(window)) {
      probed(records);
      return;
    }
    boolean doubtful = mayBeCapped(window, records);
    boolean part = take(window);
    learn(records.count());
    if (!part) {
      long limit = answerLimit.limit();
      widths =
          widths.afterRecords(window, settings.stepAim().judge(records.count(), millis, limit));
    }
    if (doubtful) {
      prove(window, records);
    } else {
      settle(window, records);
    }
  }

  private void prove(IdWindow window, Records records) {
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

  private void settle(IdWindow window, Records records) {
    checkpoint = checkpoint.movedPast(records.highestId());
    if (window.firstId() >= start) {
      recent = recent.with(window, records.count());
    }
    if (proof != null) {
      proof = proof.with(records.count());
      endProof(window);
    }
    settleEnd();
  }

  /** Behind a closed range there are records, so that what is unused up to its end is a gap. */
  private void settleEnd() {
    if (settings.closed() && parts.isEmpty() && position > settings.maxId()) {
      checkpoint = checkpoint.movedPast(settings.maxId());
    }
  }

  private void endProof(IdWindow window) {
    if (proof != null && window.lastId() >= proof.window().lastId()) {
      proof = null;
    }
  }

  void foundNothing(IdWindow window) {
    if (isProbe(window)) {
      abandonProbe();
      return;
    }
    if (!take(window)) {
      widths = widths.afterNothing();
      caughtUp |= settings.openEnded();
    }
    endProof(window);
    long unusedInARow = window.lastId() - checkpoint.currentId() + 1;
    if (parts.isEmpty() && unusedInARow >= Math.max(1, settings.maxGap())) {
      caughtUp = true;
    }
    settleEnd();
  }

  void halve(IdWindow window) {
    if (isProbe(window)) {
      abandonProbe();
      return;
    }
    if (!take(window)) {
      widths = widths.afterTrouble(window);
    }
    if (window.isSingle()) {
      endProof(window);
      settleEnd();
    } else {
      putBack(window.halves());
    }
  }

  void refuse(IdWindow window) {
    widths = widths.afterRefusal(settings.stepSize());
    if (isProbe(window)) {
      abandonProbe();
    } else if (take(window)) {
      putBack(window.halves());
    } else {
      position = window.firstId();
      caughtUp = false;
    }
  }

  private boolean take(IdWindow window) {
    if (!parts.isEmpty()) {
      IdWindow part = parts.removeFirst();
      if (window.lastId() < part.lastId()) {
        parts.addFirst(new IdWindow(window.lastId() + 1, part.lastId()));
      }
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

  long position() {
    if (!parts.isEmpty()) {
      return (isProbe(parts.getFirst()) ? probe.of() : parts.getFirst()).firstId();
    }
    return position;
  }

  ScanSettings settings() {
    return settings;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  AnswerLimit answerLimit() {
    return answerLimit;
  }

  Known known() {
    long nextStart = settings.firstIdFor(checkpoint);
    return recent.below(nextStart, answerLimit.largest(), checkpoint);
  }
}
