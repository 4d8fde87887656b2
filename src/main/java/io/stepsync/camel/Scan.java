package io.stepsync.camel;

import io.stepsync.sync.AnswerLimit;
import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.IdWindow;
import io.stepsync.sync.Known;
import io.stepsync.sync.Lane;
import io.stepsync.sync.Lanes;
import io.stepsync.sync.ScanSettings;
import io.stepsync.sync.WindowPlan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a run stands in the IDs of its stream, and which it is to ask. Not thread-safe. */
final class Scan {

  private final ScanSettings stream;
  private ScanSettings settings;
  private Lane lane;
  private Checkpoint reached;
  private WindowPlan plan;
  private WindowPlan synced;
  private Long head;
  private DeadLettersAgain again = DeadLettersAgain.NONE;

  Scan(ScanSettings settings) {
    this.stream = settings;
    this.settings = settings;
    this.lane = Lanes.from(settings.initialId()).all().get(0);
    this.reached = initial();
    this.plan = WindowPlan.startingAt(initial(), settings);
  }

  private Checkpoint initial() {
    return new Checkpoint(settings.initialId());
  }

  /**
   * Starts at a lane's checkpoint.
   *
   * @param highest the ID behind the highest that was found in any lane
   */
  void startAt(Lane own, Checkpoint highest, AnswerLimit answerLimit) {
    lane = own;
    reached = highest;
    settings = stream.of(own, highestId());
    plan = WindowPlan.startingAt(own.checkpoint(), settings, answerLimit, own.known());
    if (head != null) {
      endAt(head);
    }
  }

  private long highestId() {
    return Math.max(reached.currentId() - 1, head == null ? 0 : head);
  }

  /** From here on the plan is a refresh's; that of the sync stays as it is. */
  void refreshFrom(long firstId) {
    synced = plan;
    Checkpoint checkpoint = synced.checkpoint();
    Checkpoint start = firstId < checkpoint.currentId() ? new Checkpoint(firstId) : initial();
    plan =
        WindowPlan.startingAt(
            start, settings.below(checkpoint), synced.answerLimit(), Known.NOTHING);
  }

  /** Tells whether the API's highest ID shows that its IDs mean other records now. */
  boolean isReset(long highestId) {
    return highestId < reached.currentId() - 1;
  }

  /** A sync ends at {@code highestId}, and starts over if that shows a reset. */
  void endAt(long highestId) {
    head = highestId;
    if (synced == null) {
      boolean startsOver = isReset(highestId) && lane.firstId() == 0 && lane.isOpenEnded();
      Checkpoint start = startsOver ? initial() : plan.checkpoint();
      ScanSettings known = stream.of(lane, highestId()).upTo(highestId);
      plan = WindowPlan.startingAt(start, known, plan.answerLimit(), plan.known());
    }
  }

  void retry(Collection<Long> ids) {
    again = DeadLettersAgain.of(ids);
    plan = plan.asking(again.below(plan.checkpoint()));
  }

  void goOver(Map<Long, String> payloads) {
    again = again.with(payloads);
    plan = plan.askingOnly(payloads.keySet());
  }

  /** The windows behind the one at hand that the API will be asked for, as far as can be told. */
  List<IdWindow> ahead(int most) {
    return plan.ahead(most + 1).stream()
        .skip(1)
        .filter(window -> again.answerTo(window).isEmpty())
        .toList();
  }

  void follow(WindowPlan next) {
    plan = next;
  }

  WindowPlan plan() {
    return plan;
  }

  /** Returns the plan of the sync that a refresh leaves as it is; nothing in a sync. */
  Optional<WindowPlan> syncPlan() {
    return Optional.ofNullable(synced);
  }

  /** Returns the highest ID that the API told; null where it told none. */
  Long head() {
    return head;
  }

  Lane lane() {
    return lane;
  }

  /** Returns the ID behind the highest that was found, in any lane. */
  Checkpoint reached() {
    return reached;
  }

  /** Returns the first ID that is ever asked. */
  long initialId() {
    return settings.initialId();
  }

  DeadLettersAgain again() {
    return again;
  }
}
