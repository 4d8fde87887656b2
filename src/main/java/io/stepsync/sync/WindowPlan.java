package io.stepsync.sync;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

  private final ScanState state;

  private WindowPlan(ScanState state) {
    this.state = state;
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
    AnswerLimit limit = declared > 0 ? answerLimit.cutAt(declared) : answerLimit;
    return new WindowPlan(new ScanState(settings, checkpoint, limit, known));
  }

  private WindowPlan with(Consumer<ScanState> change) {
    ScanState next = new ScanState(state);
    change.accept(next);
    return new WindowPlan(next);
  }

  /** Returns the plan that asks for each of {@code ids} by itself first. */
  public WindowPlan asking(Collection<Long> ids) {
    return with(next -> next.ask(ids));
  }

  /** Returns the plan that asks for each of {@code ids} by itself, and for nothing else. */
  public WindowPlan askingOnly(Collection<Long> ids) {
    return asking(ids).with(ScanState::end);
  }

  /** Returns the window to ask now, or nothing when the run is caught up. */
  public Optional<IdWindow> next() {
    return state.next();
  }

  /**
   * Returns the windows that come next, if each of them holds records: at most {@code most}, the
   * first of them {@link #next}.
   */
  public List<IdWindow> ahead(int most) {
    return state.ahead(most);
  }

  /** Tells whether the answer to {@code window} may lack records, and must not be committed. */
  public boolean mayBeCapped(IdWindow window, Records records) {
    return state.mayBeCapped(window, records);
  }

  /**
   * Tells whether {@code window} is asked only to see an answer larger than one in doubt: whatever
   * it holds is asked for again.
   */
  public boolean isProbe(IdWindow window) {
    return state.isProbe(window);
  }

  /** As {@link #found(IdWindow, Records, long)}, for an answer that came at once. */
  WindowPlan found(IdWindow window, Records records) {
    return found(window, records, 0);
  }

  /**
   * Returns the plan after {@code window}, the one that {@link #next} gave, was answered with
   * records; with all that there are, unless the answer {@link #mayBeCapped}. Where answers are
   * open-ended, the window ends at the highest ID of its answer instead.
   *
   * @param millis how long the answer took
   * @throws IllegalArgumentException if a record is outside {@code window}
   */
  public WindowPlan found(IdWindow window, Records records, long millis) {
    if (!window.contains(records.highestId())) {
      throw new IllegalArgumentException(records.highestId() + " is outside the window " + window);
    }
    return with(next -> next.found(window, records, millis));
  }

  /** Returns the plan after {@code window}, the one that {@link #next} gave, held no record. */
  public WindowPlan foundNothing(IdWindow window) {
    return with(next -> next.foundNothing(window));
  }

  /**
   * Returns the plan after {@code window}, the one that {@link #next} gave, could not be answered
   * as it was: its halves come next, and the windows behind it are as narrow as they are for a
   * while. A single ID is passed over.
   */
  public WindowPlan halved(IdWindow window) {
    return with(next -> next.halve(window));
  }

  /** Tells whether {@code window} is wider than a step, so that the API may refuse it for that. */
  public boolean isWidened(IdWindow window) {
    return window.width() > state.settings().stepSize();
  }

  /**
   * Returns the plan after the API refused {@code window} for its width: it is asked again in
   * steps, and no window of the run is wider.
   */
  public WindowPlan refused(IdWindow window) {
    return with(next -> next.refuse(window));
  }

  /** Returns the checkpoint that the windows answered so far allow. */
  public Checkpoint checkpoint() {
    return state.checkpoint();
  }

  /**
   * Returns the first ID that this run has not settled; the one behind the last at its end, but for
   * 2<sup>63</sup>−1, which has none behind it.
   */
  public long position() {
    return state.position();
  }

  /** Returns the last ID that is asked for. */
  public long maxId() {
    return state.settings().maxId();
  }

  /** Returns what the answers so far tell of the API's limit. */
  public AnswerLimit answerLimit() {
    return state.answerLimit();
  }

  /** Returns what a later run must know of the records below the checkpoint. */
  public Known known() {
    return state.known();
  }
}
