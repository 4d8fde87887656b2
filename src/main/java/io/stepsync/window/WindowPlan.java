package io.stepsync.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which window a run asks next, and where its checkpoint stands. The whole of it is arithmetic:
 * what became of each window makes a new plan out of the old one.
 *
 * <p>A window with records moves the checkpoint past the highest of them. An empty window leaves
 * the checkpoint and doubles the width, so that a gap of G IDs costs about log2(G / stepSize)
 * requests. A window in trouble is asked again in two halves, and one whose answer may be capped in
 * two parts. The scan position moves past the window each time, and what is left of a window comes
 * before it.
 *
 * <p>A window that is wider than a step begins at the highest record that was found, and an answer
 * that lacks it is not believed. Unused IDs that the checkpoint moves past are young for a while,
 * and asked again (see {@link YoungIds}).
 *
 * <p>Immutable to its users.
 */
public final class WindowPlan {

  /** Of a first load only what lies so many steps below the highest ID is taken for young. */
  static final int FIRST_LOAD_STEPS = 64;

  /** And so many IDs at least. */
  static final int FIRST_LOAD_IDS = 10_000;

  /** So many steps of a first load that found nothing are asked again one by one. */
  static final int STEPS_OF_NOTHING = 100;

  private static final long NONE = AskedAgain.NO_WITNESS;

  private final ScanSettings settings;
  private final ScanStart from;
  private final long start;
  private final Deque<IdWindow> parts;
  private final Deque<AskedAgain> again;
  private Checkpoint checkpoint;
  private AnswerLimit answerLimit;
  private HalvedWindow proof;
  private LargerWindow probe;
  private RecentWindows recent;
  private long position;
  private WindowWidths widths;
  private boolean caughtUp;
  private List<Long> unanswered = List.of();
  private YoungIds young;
  private boolean youngUnsaved;
  private Phase phase = Phase.SCANNING;
  private long witness = NONE;
  private long trusted;
  private WitnessCheck check;
  private long firstFound = NONE;
  private boolean showedWidth;
  private long unwitnessedFrom = NONE;
  private long unwitnessedTo;
  private long unwitnessedWidth;
  private boolean stepsOnly;
  private boolean lookedInSteps;
  private long onlyWitnessUpTo = NONE;
  private AnswerSize onlyWitness = AnswerSize.NOTHING;
  private boolean settled;
  private boolean committing;

  /** What a window belongs to. */
  private enum Source {
    PART,
    AGAIN,
    SCAN
  }

  /** What a run is about: its scan, what it asks again after that, or windows it was given. */
  private enum Phase {
    SCANNING,
    ASKING_PASSED,
    FOUND_SOME,
    ASKING_ALL,
    ASKING_GIVEN
  }

  private WindowPlan(ScanStart from, ScanSettings settings) {
    this.settings = settings;
    this.from = from;
    this.checkpoint = from.checkpoint();
    this.answerLimit = from.answerLimit();
    this.parts = new ArrayDeque<>();
    this.again = new ArrayDeque<>();
    this.start = settings.firstIdFor(checkpoint);
    this.position = start;
    this.widths = WindowWidths.of(settings, from.density(), recordsAtLimit());
    this.caughtUp = position > settings.maxId();
    this.recent = RecentWindows.of(from.known());
    this.young = settles() ? from.young().at(from.now(), settings.settleAfter()) : YoungIds.NONE;
    if (checkpoint.currentId() > settings.initialId()) {
      witness = checkpoint.currentId() - 1;
    }
    askAgain(young.due(from.now(), step()));
  }

  private WindowPlan(WindowPlan old) {
    settings = old.settings;
    from = old.from;
    start = old.start;
    parts = new ArrayDeque<>(old.parts);
    again = new ArrayDeque<>(old.again);
    checkpoint = old.checkpoint;
    answerLimit = old.answerLimit;
    proof = old.proof;
    probe = old.probe;
    recent = old.recent;
    position = old.position;
    widths = old.widths;
    caughtUp = old.caughtUp;
    unanswered = old.unanswered;
    young = old.young;
    youngUnsaved = old.youngUnsaved;
    phase = old.phase;
    witness = old.witness;
    trusted = old.trusted;
    check = old.check;
    firstFound = old.firstFound;
    showedWidth = old.showedWidth;
    unwitnessedFrom = old.unwitnessedFrom;
    unwitnessedTo = old.unwitnessedTo;
    unwitnessedWidth = old.unwitnessedWidth;
    stepsOnly = old.stepsOnly;
    lookedInSteps = old.lookedInSteps;
    onlyWitnessUpTo = old.onlyWitnessUpTo;
    onlyWitness = old.onlyWitness;
  }

  /** Returns the plan of a run. */
  public static WindowPlan startingAt(ScanStart start, ScanSettings settings) {
    return new WindowPlan(start, settings);
  }

  private WindowPlan with(Consumer<WindowPlan> change) {
    WindowPlan next = new WindowPlan(this);
    change.accept(next);
    return next;
  }

  /** Returns the plan that asks for each of {@code ids} by itself first. */
  public WindowPlan asking(Collection<Long> ids) {
    return with(next -> next.parts.addAll(IdWindow.singles(ids)));
  }

  /**
   * Returns the plan that asks for {@code windows}, in this order, and for nothing else; its
   * checkpoint stays, as what lies below the windows was not asked.
   */
  public WindowPlan askingOnly(List<IdWindow> windows) {
    return with(
        next -> {
          next.parts.addAll(windows);
          next.again.clear();
          next.caughtUp = true;
          next.phase = Phase.ASKING_GIVEN;
        });
  }

  /** Returns the window to ask now, or nothing when the run is caught up. */
  public Optional<IdWindow> next() {
    if (!parts.isEmpty()) {
      return Optional.of(parts.getFirst());
    }
    if (!again.isEmpty()) {
      return Optional.of(again.getFirst().next(believed()));
    }
    return caughtUp ? Optional.empty() : Optional.of(scanWindow());
  }

  /** So many IDs may a window have whose answer is believed without a witness. */
  private long believed() {
    return Math.max(settings.stepSize(), trusted);
  }

  /** The IDs of a window that has as many records as an answer should. */
  public long step() {
    return Math.max(settings.stepSize(), widths.usual());
  }

  private long recordsAtLimit() {
    return Math.max(settings.responseLimit(), answerLimit.limit().records());
  }

  /** A window wider than a step begins at the witness, as far as no such one was answered yet. */
  private IdWindow scanWindow() {
    IdWindow plain = IdWindow.of(position, widths.next(), settings.maxId());
    long believed = believed();
    if (plain.width() <= believed || witness == NONE || settings.openEnded()) {
      return plain;
    }
    if (witness >= position) { // it looks back
      return witness - position < widths.widest() && witness <= settings.maxId()
          ? new IdWindow(position, Math.max(plain.lastId(), witness))
          : IdWindow.of(position, believed, settings.maxId());
    }
    if (plain.lastId() - witness < widths.widest()) {
      return new IdWindow(witness, plain.lastId());
    }
    IdWindow widest = IdWindow.of(witness, widths.widest(), settings.maxId());
    IdWindow narrow = IdWindow.of(position, believed, settings.maxId());
    boolean goesFar = settings.maxGap() == Long.MAX_VALUE && widest.lastId() > narrow.lastId();
    return goesFar ? widest : narrow;
  }

  /**
   * Returns the windows that come next, if each of them holds records: at most {@code most}, the
   * first of them {@link #next}. Over a gap nothing is foreseen after the next window; nor is it
   * where the answer tells how far it goes.
   */
  public List<IdWindow> ahead(int most) {
    List<IdWindow> ahead = new ArrayList<>(parts);
    boolean more = check == null;
    for (AskedAgain range : again) {
      if (more) {
        ahead.add(range.next(believed()));
        more = ahead.get(ahead.size() - 1).lastId() == range.rest().lastId();
      }
    }
    boolean inGap = widths.next() != widths.usual();
    more &= !caughtUp && !(inGap && !ahead.isEmpty());
    if (more && ahead.size() < most) {
      IdWindow window = scanWindow();
      ahead.add(window);
      while (!inGap
          && !settings.openEnded()
          && ahead.size() < most
          && window.lastId() < settings.maxId()) {
        window = IdWindow.of(window.lastId() + 1, widths.next(), settings.maxId());
        ahead.add(window);
      }
    }
    return List.copyOf(ahead.subList(0, Math.min(most, ahead.size())));
  }

  private boolean settles() {
    return settings.settleAfter() > 0;
  }

  /** What was empty is likely to be so still, and is asked in windows as wide as may be. */
  private void askAgain(List<YoungIds.Range> ranges) {
    boolean narrow = stepsOnly || settings.openEnded();
    long step = narrow ? settings.stepSize() : step();
    long widest = narrow ? step : Math.max(step, widths.widest());
    for (YoungIds.Range range : ranges) {
      boolean hasWitness = range.firstId() > settings.initialId() && !settings.openEnded();
      long id = hasWitness ? range.firstId() - 1 : NONE;
      long width = range.isEmpty() ? widest : step;
      again.addLast(new AskedAgain(range.ids(), width, step, widest, id));
    }
  }

  /** Tells whether the answer to {@code window} may lack records, and must not be committed. */
  public boolean mayBeCapped(IdWindow window, FoundIds found) {
    if (settings.openEnded() || found.isEmpty()) {
      return false;
    }
    return isProbe(window) || limit(found).mayBeCapped(window, found);
  }

  /** A limit that is declared is taken for true, unless a lower one was found out. */
  private AnswerLimit limit(FoundIds found) {
    long declared = settings.responseLimit();
    return declared == 0 || answerLimit.isMetBy(found.size())
        ? answerLimit
        : answerLimit.declaredAs(declared);
  }

  /**
   * Tells whether {@code window} is asked only to see an answer larger than one in doubt: whatever
   * it holds is asked for again.
   */
  public boolean isProbe(IdWindow window) {
    return probe != null && probe.window().equals(window);
  }

  /** Tells whether {@code window} is wider than a step, so that the API may refuse it for that. */
  public boolean isWidened(IdWindow window) {
    return window.width() > settings.stepSize();
  }

  /** Tells whether the next window is asked again for what was not in it before. */
  public boolean isAskingAgain() {
    return !again.isEmpty() || phase != Phase.SCANNING;
  }

  /** Tells whether the scan has still to come to {@code window}. */
  public boolean isBeforeItsTurn(IdWindow window) {
    return window.firstId() >= position && mayRepeat();
  }

  /** Tells whether the next window, just as it is, may have been asked before. */
  private boolean mayRepeat() {
    return isAskingAgain() || !parts.isEmpty() || stepsOnly || lookedInSteps;
  }

  /**
   * Returns the ID at which {@code window}, the one that {@link #next} gave, begins only to see its
   * record again; −1 where it begins with what is asked for.
   */
  public long witnessOf(IdWindow window) {
    if (!isWidened(window) || !parts.isEmpty()) {
      return NONE;
    }
    long id = again.isEmpty() ? witness : again.getFirst().witness();
    return window.firstId() == id ? id : NONE;
  }

  /**
   * Returns {@code window}, the one that {@link #next} gave, without what is asked for a witness.
   */
  public IdWindow news(IdWindow window) {
    if (witnessOf(window) == NONE) {
      return window;
    }
    long first = again.isEmpty() ? position : again.getFirst().rest().firstId();
    return new IdWindow(Math.min(first, window.lastId()), window.lastId());
  }

  /** Returns the plan after what became of the window that {@link #next} gave. */
  public WindowPlan after(Outcome outcome) {
    return with(next -> next.follow(outcome));
  }

  private void follow(Outcome outcome) {
    Checkpoint checkpointBefore = checkpoint;
    YoungIds youngBefore = young;
    boolean news = false;
    if (outcome instanceof Outcome.Answered answer) {
      news = holdsNews(answer);
      answered(answer, news);
    } else if (outcome instanceof Outcome.GoneOver) {
      take(outcome.window(), false);
      settled = true;
      news = true;
    } else if (outcome instanceof Outcome.Refused) {
      refused(outcome.window());
    } else {
      failed(outcome.window());
    }
    goOnAtEnd();
    youngUnsaved |= !young.equals(youngBefore);
    boolean lastAgain = parts.isEmpty() && again.isEmpty();
    committing =
        settled && (news || !checkpoint.equals(checkpointBefore) || (youngUnsaved && lastAgain));
    youngUnsaved &= !committing;
  }

  private boolean holdsNews(Outcome.Answered answer) {
    long others = answer.found().contains(witnessOf(answer.window())) ? 1 : 0;
    return answer.found().size().ids() > others;
  }

  /** Tells whether the window before is settled: its answer was whole, and believed. */
  public boolean hasSettled() {
    return settled;
  }

  /**
   * Tells whether the window before is to be committed: it is settled, and there is something to
   * write. Some of what is only noted waits for the next window.
   */
  public boolean isCommitting() {
    return committing;
  }

  private void answered(Outcome.Answered answer, boolean news) {
    IdWindow window = answer.window();
    FoundIds found = answer.found();
    if (isProbe(window)) {
      probed(found);
      return;
    }
    boolean checking = check != null && check.window().equals(window);
    if (checking && !passesCheck(found)) {
      return;
    }
    boolean doubtful = mayBeCapped(window, found);
    if (firstFound == NONE && !found.isEmpty()) {
      firstFound = found.lowest();
    }
    boolean scanning = parts.isEmpty() && again.isEmpty();
    if (again.isEmpty() && news && isBehindWitness(answerLimit.seen(found.size()))) {
      take(window, false);
      parts.addFirst(new IdWindow(Math.max(window.firstId(), witness + 1), window.lastId()));
      askBehindWitness();
      return;
    }
    if (doubtful && scanning && !news && answerLimit.largest().ids() <= 1) {
      doubtful = false; // answers may be cut at one record: that is found out later, at once
      onlyWitnessUpTo = window.lastId();
      onlyWitness = onlyWitness.most(found.size());
    }
    if (!doubtful && !checking && lacksWitness(window, found)) {
      disbelieve(window);
      return;
    }
    IdWindow asked =
        witnessOf(window) == NONE ? window : new IdWindow(window.firstId() + 1, window.lastId());
    Source source = take(window, !news);
    if (!found.isEmpty()) {
      answerLimit = answerLimit.seen(found.size());
      trusted = Math.max(trusted, settings.openEnded() ? 0 : window.width());
    }
    if (doubtful) {
      widenAfter(source, answer, news);
      if (news) {
        prove(asked, found.in(asked));
      } else {
        parts.addFirst(asked);
      }
    } else if (isOfScan(source) && news && isUnwitnessed()) {
      checkGap(window, found);
    } else {
      if (source == Source.SCAN && !news && witness == NONE) {
        noteUnwitnessed(window);
      }
      widenAfter(source, answer, news);
      settle(answer, source, news);
      if (source == Source.AGAIN && news && lookedInSteps && !stepsOnly) {
        scanOnInSteps(window);
      }
    }
  }

  /** The first window with records may have been asked in parts, as its answer was in doubt. */
  private boolean isOfScan(Source source) {
    return source == Source.SCAN || (source == Source.PART && !lookedInSteps);
  }

  private void widenAfter(Source source, Outcome.Answered answer, boolean news) {
    if (source != Source.SCAN) {
      return;
    }
    if (!news) {
      widths = widths.afterNothing();
    } else if (settings.openEnded()) {
      widths = widths.afterRecords();
    } else {
      IdWindow window = answer.window();
      IdWindow above =
          window.contains(witness) && witness < window.lastId()
              ? new IdWindow(witness + 1, window.lastId())
              : window;
      FoundIds found = answer.found().in(above);
      widths =
          found.isEmpty()
              ? widths.afterRecords()
              : widths.afterRecords(above, found, witness, recordsAtLimit());
    }
  }

  /** Tells whether answers that held the witness alone may have been cut, as far as is known. */
  private boolean isBehindWitness(AnswerLimit known) {
    return onlyWitnessUpTo > witness && known.mayBeCutAt(onlyWitness);
  }

  private boolean lacksWitness(IdWindow window, FoundIds found) {
    if (settings.openEnded() || !isWidened(window)) {
      return false;
    }
    long id = !parts.isEmpty() || again.isEmpty() ? witness : again.getFirst().witness();
    return window.contains(id) && !found.contains(id);
  }

  /** The answer lacks what the API has, or had: it settles nothing. */
  private void disbelieve(IdWindow window) {
    if (!parts.isEmpty()) {
      parts.removeFirst();
      putBack(window.halves());
    } else if (!again.isEmpty()) {
      disbelieveAgain(window);
    } else {
      long first = Math.max(settings.initialId(), witness - settings.stepSize() + 1);
      check = new WitnessCheck(new IdWindow(Math.min(first, witness), witness), witness, NONE);
      parts.addFirst(check.window());
    }
  }

  /**
   * What lies below a range need not be in use. Where IDs are sparse, steps are no way to ask it:
   * the highest record shows first whether windows of that width are answered.
   */
  private void disbelieveAgain(IdWindow window) {
    boolean shown = showedWidth || step() <= settings.stepSize() || witness == NONE;
    if (shown) {
      again.addFirst(again.removeFirst().inSteps(believed()));
      return;
    }
    showedWidth = true;
    long first = Math.max(settings.initialId(), witness - Math.min(witness, window.width() - 1));
    parts.addFirst(new IdWindow(Math.min(first, witness), witness));
  }

  /** Tells whether the answer to a check settles its window, as any other answer does. */
  private boolean passesCheck(FoundIds found) {
    boolean there = found.contains(check.witness());
    if (check.isWide()) {
      if (there) {
        check = null;
        forgetUnwitnessed();
      } else {
        failCheck();
      }
      return there;
    }
    parts.removeFirst();
    check = null;
    if (there) {
      goInSteps();
    } else {
      witness = found.isEmpty() ? NONE : found.highest();
    }
    return false;
  }

  /** The wide windows before were answered with nothing: the scan goes back to them, in steps. */
  private void failCheck() {
    parts.clear(); // the check, and what it was to settle
    position = check.back();
    caughtUp = false;
    check = null;
    forgetUnwitnessed();
    goInSteps();
  }

  private void goInSteps() {
    stepsOnly = true;
    widths = widths.inSteps();
    List<AskedAgain> narrower =
        again.stream().map(range -> range.inSteps(settings.stepSize())).toList();
    again.clear();
    again.addAll(narrower);
  }

  /** Tells whether no window of the run is wider than a step, as the API does not answer those. */
  public boolean isInSteps() {
    return stepsOnly;
  }

  private void noteUnwitnessed(IdWindow window) {
    if (window.width() > Math.max(settings.stepSize(), trusted) && !settings.openEnded()) {
      unwitnessedFrom = unwitnessedFrom == NONE ? window.firstId() : unwitnessedFrom;
      unwitnessedTo = window.lastId();
      unwitnessedWidth = Math.max(unwitnessedWidth, window.width());
    }
  }

  private void forgetUnwitnessed() {
    unwitnessedFrom = NONE;
    unwitnessedWidth = 0;
  }

  private boolean isUnwitnessed() {
    return unwitnessedWidth > trusted;
  }

  /** The first records lie behind wide windows that were empty: is that so? */
  private void checkGap(IdWindow window, FoundIds found) {
    long last = firstFound < window.firstId() ? firstFound : found.lowest();
    long first = last - Math.min(unwitnessedWidth - 1, last);
    check =
        new WitnessCheck(
            new IdWindow(Math.max(unwitnessedFrom, first), last), last, unwitnessedFrom);
    long rest = Math.max(window.firstId(), last + 1);
    if (last < window.lastId()) {
      parts.addFirst(new IdWindow(rest, window.lastId()));
    }
    parts.addFirst(check.window());
  }

  private void prove(IdWindow window, FoundIds found) {
    AnswerSize size = found.size();
    if (!limit(found).isMetBy(size) && proof != null && proof.contradictedBy(size)) {
      answerLimit = answerLimit.cutAt(size, proof.size());
      proof = null;
    }
    if (limit(found).isMetBy(size)) {
      widths = widths.afterCut(window);
      putBack(window.halves());
      return;
    }
    Optional<IdWindow> larger = recent.windowUpTo(window, size.ids(), widths.widest());
    if (larger.isPresent()) {
      probe = new LargerWindow(larger.get(), window, found);
      parts.addFirst(window);
      parts.addFirst(larger.get());
    } else {
      splitToProve(window, found);
    }
  }

  private void splitToProve(IdWindow window, FoundIds found) {
    if (proof == null) {
      proof = new HalvedWindow(window, found.size(), false);
    }
    putBack(window.splitAfter(found.median()));
  }

  /** A larger answer clears the doubt; one as large, where there must be more, is the limit. */
  private void probed(FoundIds found) {
    AnswerSize doubtful = probe.doubtful().size();
    AnswerSize size = found.size();
    if (found.isEmpty() || size.isSmallerThan(doubtful)) {
      answerLimit = answerLimit.seen(size);
      abandonProbe();
      return;
    }
    endProbe();
    answerLimit = answerLimit.seen(size).cutAt(size, doubtful);
  }

  private void endProbe() {
    parts.removeFirst();
    probe = null;
  }

  /** The probe told nothing: the answer in doubt is proved without it. */
  private void abandonProbe() {
    LargerWindow failed = probe;
    endProbe();
    parts.removeFirst();
    splitToProve(failed.of(), failed.doubtful());
  }

  private void settle(Outcome.Answered answer, Source source, boolean news) {
    settled = true;
    IdWindow window = answer.window();
    FoundIds found = answer.found();
    if (settles()) {
      if (phase == Phase.ASKING_PASSED && young.areAnyIn(window, found)) {
        phase = Phase.FOUND_SOME;
      }
      young = young.asked(window, found, answer.askedAt());
    }
    if (!found.isEmpty() && phase != Phase.ASKING_GIVEN) {
      long before = checkpoint.currentId();
      checkpoint = checkpoint.movedPast(found.highest());
      pass(before, answer);
      remember(window, found, source);
    }
    if (proof != null) {
      proof = proof.with(found);
    }
    endProof(window);
    if (source == Source.SCAN && !news) {
      caughtUp |= settings.openEnded();
    }
    long unusedInARow = window.lastId() - checkpoint.currentId() + 1;
    boolean asksNew = source != Source.AGAIN && parts.isEmpty() && !news;
    if (asksNew && unusedInARow >= Math.max(1, gap())) {
      caughtUp = true;
    }
    settleEnd();
  }

  private void remember(IdWindow window, FoundIds found, Source source) {
    if (source == Source.AGAIN || phase != Phase.SCANNING) {
      return;
    }
    boolean repeated = found.contains(witness) && window.firstId() == witness;
    IdWindow asked =
        repeated ? new IdWindow(witness + (window.isSingle() ? 0 : 1), window.lastId()) : window;
    long ids = found.countIn(asked);
    if (asked.firstId() >= start && ids > 0) {
      recent = recent.with(asked, ids);
    }
    witness = Math.max(witness, found.highest());
  }

  /** The checkpoint has moved: what is not in use below it is young. */
  private void pass(long before, Outcome.Answered answer) {
    FoundIds found = answer.found();
    long highest = found.highest();
    if (!settles() || highest < before) {
      return;
    }
    IdWindow window = answer.window();
    long passedLast = Math.min(window.firstId() - 1, highest);
    if (before <= passedLast) {
      boolean higherIsNew = passedLast > from.highestId();
      for (IdWindow passed : answeredIn(new IdWindow(before, passedLast))) {
        grow(passed, passed.width(), answer.answeredAt(), higherIsNew);
      }
    }
    IdWindow unused = found.unusedIn(new IdWindow(Math.max(before, window.firstId()), highest));
    if (unused != null && answer.askedAt() <= until(unused, answer.answeredAt())) {
      grow(unused, unused.width() - found.countIn(unused), answer.answeredAt(), false);
    }
    keepNear(Math.max(highest, from.highestId()));
  }

  /** An ID without an answer is a dead letter, and asked by each run. */
  private List<IdWindow> answeredIn(IdWindow window) {
    List<IdWindow> parts = new ArrayList<>();
    long first = window.firstId();
    for (long id : unanswered) {
      if (first < id && id <= window.lastId()) {
        parts.add(new IdWindow(first, id - 1));
      }
      first = window.contains(id) ? id + 1 : first;
    }
    if (first <= window.lastId()) {
      parts.add(new IdWindow(first, window.lastId()));
    }
    return parts;
  }

  private void grow(IdWindow ids, long unused, long now, boolean isAgain) {
    young = young.with(new YoungIds.Range(ids, unused, until(ids, now), isAgain));
  }

  /** IDs below one that was known before the run are of age a little earlier. */
  private long until(IdWindow ids, long now) {
    return (ids.lastId() <= from.highestId() ? from.now() : now) + settings.settleAfter();
  }

  /** Of a first load only what lies near the highest ID is young. */
  private void keepNear(long highest) {
    if (!from.loaded()) {
      long near = Math.max(Density.times(FIRST_LOAD_STEPS, step()), FIRST_LOAD_IDS);
      young = young.from(Math.max(0, highest - near));
    }
  }

  /** Behind a closed range there are records, so that what is unused up to its end is a gap. */
  private void settleEnd() {
    boolean scanned = parts.isEmpty() && again.isEmpty() && position > settings.maxId();
    if (!settings.closed() || !scanned || checkpoint.currentId() > settings.maxId()) {
      return;
    }
    IdWindow end = new IdWindow(checkpoint.currentId(), settings.maxId());
    checkpoint = checkpoint.movedPast(settings.maxId());
    if (settles()) {
      grow(end, end.width(), from.now(), false);
      keepNear(from.highestId());
    }
  }

  private void endProof(IdWindow window) {
    if (proof != null && window.lastId() >= proof.window().lastId()) {
      proof = null;
    }
  }

  private void failed(IdWindow window) {
    if (isProbe(window)) {
      abandonProbe();
      return;
    }
    if (isFailedCheck(window)) {
      return;
    }
    if (isWidened(window) && parts.isEmpty()) {
      leave(window, widths.afterTrouble(window));
      return;
    }
    if (take(window, false) == Source.SCAN) {
      widths = widths.afterTrouble(window);
    }
    if (window.isSingle()) {
      unanswered =
          Stream.concat(unanswered.stream(), Stream.of(window.firstId())).sorted().toList();
      endProof(window);
      settleEnd();
    } else {
      putBack(window.halves());
    }
  }

  private void refused(IdWindow window) {
    widths = widths.afterRefusal(window);
    if (isProbe(window)) {
      abandonProbe();
    } else if (!isFailedCheck(window)) {
      if (parts.isEmpty()) {
        leave(window, widths);
      } else {
        parts.removeFirst();
        putBack(window.halves());
      }
    }
  }

  private boolean isFailedCheck(IdWindow window) {
    if (check == null || !check.window().equals(window)) {
      return false;
    }
    if (check.isWide()) {
      failCheck();
      return true;
    }
    check = null;
    witness = NONE;
    goInSteps();
    return false;
  }

  /** What the window was to ask is asked in narrower ones. */
  private void leave(IdWindow window, WindowWidths narrower) {
    if (again.isEmpty()) {
      widths = narrower;
    } else {
      again.addFirst(again.removeFirst().narrowerThan(window, settings.stepSize()));
    }
  }

  private Source take(IdWindow window, boolean empty) {
    if (!parts.isEmpty()) {
      IdWindow part = parts.removeFirst();
      if (window.lastId() < part.lastId()) {
        parts.addFirst(new IdWindow(window.lastId() + 1, part.lastId()));
      }
      return Source.PART;
    }
    if (!again.isEmpty()) {
      AskedAgain rest = again.removeFirst().after(window, empty);
      if (rest != null) {
        again.addFirst(rest);
      }
      return Source.AGAIN;
    }
    movePast(window);
    return Source.SCAN;
  }

  private void movePast(IdWindow window) {
    caughtUp = window.lastId() >= settings.maxId();
    position = caughtUp && window.lastId() == Long.MAX_VALUE ? position : window.lastId() + 1;
  }

  private void putBack(List<IdWindow> windows) {
    parts.addFirst(windows.get(1));
    parts.addFirst(windows.get(0));
  }

  /** What was passed before a higher ID came is asked once more; if some came, all of it is. */
  private void goOnAtEnd() {
    if (!caughtUp || !parts.isEmpty() || !again.isEmpty() || phase == Phase.ASKING_GIVEN) {
      return;
    }
    if (isBehindWitness(answerLimit)) {
      askBehindWitness();
      return;
    }
    if (isUnwitnessed() && !from.loaded() && !lookedInSteps) {
      lookedInSteps = true;
      lookInSteps();
      return;
    }
    if (!settles()) {
      return;
    }
    if (phase == Phase.SCANNING) {
      phase = Phase.ASKING_PASSED;
      askAgain(young.passed(step()));
    } else if (phase == Phase.FOUND_SOME) {
      phase = Phase.ASKING_ALL;
      askAgain(young.since(from.now(), settings.settleAfter(), step()));
    }
  }

  /** Answers held the witness alone: if they are cut at one record, there are others. */
  private void askBehindWitness() {
    parts.addFirst(new IdWindow(witness + 1, onlyWitnessUpTo));
    onlyWitnessUpTo = NONE;
    onlyWitness = AnswerSize.NOTHING;
  }

  /** A first load found nothing, but the API may answer wide windows so whatever they hold. */
  private void lookInSteps() {
    long step = settings.stepSize();
    IdWindow first =
        IdWindow.of(unwitnessedFrom, Density.times(STEPS_OF_NOTHING, step), unwitnessedTo);
    again.addLast(new AskedAgain(first, step, step, step, NONE));
  }

  /** Wide windows were empty although they are not: the scan goes on in steps from here. */
  private void scanOnInSteps(IdWindow window) {
    goInSteps();
    again.clear();
    forgetUnwitnessed();
    movePast(window);
  }

  /** Returns the checkpoint that the windows answered so far allow. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Returns the first ID that this run has not settled; the one behind the last at its end, but for
   * 2<sup>63</sup>−1, which has none behind it.
   */
  public long position() {
    if (!parts.isEmpty()) {
      return (isProbe(parts.getFirst()) ? probe.of() : parts.getFirst()).firstId();
    }
    return position;
  }

  /** Returns the last ID that is asked for. */
  public long maxId() {
    return settings.maxId();
  }

  /** Returns what the answers so far tell of the API's limit. */
  public AnswerLimit answerLimit() {
    return answerLimit;
  }

  /** Returns what a later run must know of the records below the checkpoint. */
  public RecordsBelow known() {
    return recent.below(settings.firstIdFor(checkpoint), answerLimit.largest().ids(), checkpoint);
  }

  /** Returns the IDs of a window behind one with records. */
  public long usualWidth() {
    return widths.usual();
  }

  /** Returns how many IDs there are for each record. */
  public Density density() {
    return widths.density();
  }

  /** Returns the ID with which the run ends if there is no record up to it. */
  public long endIfEmpty() {
    long gap = gap();
    long first = checkpoint.currentId();
    return gap > settings.maxId() - first ? settings.maxId() : first + Math.max(1, gap) - 1;
  }

  private long gap() {
    return settings.gapAfter(checkpoint, widths.density());
  }

  /** Returns which IDs below the checkpoint may still come. */
  public YoungIds young() {
    return young;
  }

  /** All that decides how the plan goes on; plans that say the same go on in the same way. */
  @Override
  public String toString() {
    return String.join(
        "; ",
        "next " + next().map(IdWindow::toString).orElse("none"),
        checkpoint.toString(),
        "at " + position,
        "parts " + parts,
        "again " + again,
        widths.toString(),
        answerLimit.toString(),
        "proof " + proof,
        "probe " + probe,
        recent.toString(),
        young.toString(),
        "unsaved " + youngUnsaved + " unanswered " + unanswered,
        "witness " + witness + " trusted " + trusted + " check " + check,
        "first "
            + firstFound
            + " "
            + showedWidth
            + " unwitnessed "
            + unwitnessedFrom
            + " "
            + unwitnessedTo
            + " "
            + unwitnessedWidth
            + " "
            + lookedInSteps,
        "only witness " + onlyWitnessUpTo + " " + onlyWitness,
        phase + " " + caughtUp + " " + stepsOnly,
        from.toString());
  }
}
