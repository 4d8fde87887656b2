package io.stepsync.run;

import io.stepsync.window.AnswerLimit;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.ScanSettings;
import io.stepsync.window.ScanStart;
import io.stepsync.window.WindowPlan;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Where a run stands in the IDs of its stream, and which it is to ask. Not thread-safe. */
public final class Scan {

  private final ScanSettings stream;
  private ScanSettings settings;
  private Lane lane;
  private Checkpoint reached;
  private WindowPlan plan;
  private WindowPlan synced;
  private Long head;
  private boolean ofDeletes;
  private ScanStart start;
  private DeadLettersAgain fetches = DeadLettersAgain.NONE;
  private DeadLettersAgain again = DeadLettersAgain.NONE;

  public Scan(ScanSettings settings) {
    this.stream = settings;
    this.settings = settings;
    this.lane = Lanes.from(settings.initialId()).all().get(0);
    this.reached = initial();
    this.start = ScanStart.at(initial());
    this.plan = WindowPlan.startingAt(start, settings);
  }

  private Checkpoint initial() {
    return new Checkpoint(settings.initialId());
  }

  /**
   * Starts at a lane's checkpoint.
   *
   * @param highest the ID behind the highest that was found in any lane
   * @param now the time, in milliseconds since 1970
   */
  public void startAt(Lane own, Checkpoint highest, AnswerLimit answerLimit, long now) {
    lane = own;
    reached = highest;
    settings = stream.of(own, highestId());
    start =
        new ScanStart(
            own.checkpoint(),
            answerLimit,
            own.known(),
            own.young(),
            own.density(),
            own.loaded(),
            reached.currentId() - 1,
            now);
    plan = WindowPlan.startingAt(start, settings);
    if (head != null) {
      endAtHead();
    }
  }

  private long highestId() {
    return Math.max(reached.currentId() - 1, head == null ? 0 : head);
  }

  /**
   * From here on the plan is a refresh's; that of the sync stays as it is.
   *
   * @param twoLooks whether one that stands at the checkpoint has a second look to take
   */
  void refreshFrom(long firstId, boolean twoLooks) {
    synced = plan;
    Checkpoint checkpoint = synced.checkpoint();
    long end = checkpoint.currentId();
    boolean begun = firstId < end || (twoLooks && firstId == end);
    Checkpoint first = begun ? new Checkpoint(firstId) : initial();
    plan = WindowPlan.startingAt(start.restartedAt(first), settings.below(checkpoint));
  }

  /** Of what a refresh reads only these IDs are asked; they lie in the lane, and are settled. */
  void refreshOnly(IdWindow ids) {
    Checkpoint first = new Checkpoint(ids.firstId());
    plan =
        WindowPlan.startingAt(
            start.restartedAt(first), settings.below(new Checkpoint(ids.lastId() + 1)));
  }

  /** Returns the IDs of the run's lane that are settled; nothing where there are none. */
  Optional<IdWindow> settled() {
    return settledOf(lane);
  }

  /** As {@link #settled}, for any lane of the stream. */
  Optional<IdWindow> settledOf(Lane any) {
    ScanSettings own = stream.of(any, highestId());
    long last = Math.min(own.maxId(), any.checkpoint().currentId() - 1);
    return last < own.initialId()
        ? Optional.empty()
        : Optional.of(new IdWindow(own.initialId(), last));
  }

  /** The API told its highest ID. */
  public void headTold(long highestId) {
    head = highestId;
  }

  /** Tells whether the API's highest ID is below one that was found. */
  boolean isHeadFallen() {
    return head != null && head < reached.currentId() - 1;
  }

  /** The API's highest ID has fallen because its newest records were deleted. */
  public void headIsOfDeletes() {
    ofDeletes = true;
  }

  public boolean isOfDeletes() {
    return ofDeletes;
  }

  /** Tells whether the API's highest ID shows that its IDs mean other records now. */
  boolean isReset() {
    return isHeadFallen() && !ofDeletes;
  }

  /** A sync ends at the API's highest ID, and starts over if that shows a reset. */
  public void endAtHead() {
    if (synced == null) {
      if (isReset() && lane.firstId() == 0 && lane.isOpenEnded()) {
        start = start.restartedAt(initial()).withoutDensity();
      }
      start = start.knowing(head);
      plan = WindowPlan.startingAt(start, stream.of(lane, highestId()).upTo(head));
    }
  }

  void retry(Collection<Long> ids) {
    fetches = DeadLettersAgain.of(ids);
    again = fetches;
    plan = plan.asking(again.below(plan.checkpoint()));
  }

  void goOver(SortedMap<Long, String> payloads, long mostBytes) {
    again = fetches.with(payloads);
    plan = plan.askingOnly(again.windows(settings.stepSize(), mostBytes));
  }

  /** Asks for these windows, and for nothing else. */
  void askOnly(List<IdWindow> windows) {
    plan = plan.askingOnly(windows);
  }

  /** The windows behind the current one that the API will be asked for, as far as can be told. */
  List<IdWindow> ahead(int most) {
    return plan.ahead(most + 1).stream()
        .skip(1)
        .filter(window -> again.answerTo(window).isEmpty())
        .toList();
  }

  void follow(WindowPlan next) {
    plan = next;
  }

  public WindowPlan plan() {
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

  public Lane lane() {
    return lane;
  }

  /** Returns the ID behind the highest that was found, in any lane. */
  Checkpoint reached() {
    return reached;
  }

  /** Tells whether a run of the lane was caught up before. */
  boolean isLoaded() {
    return start.loaded();
  }

  /** Tells whether no window of the lane that was ever settled had one of these IDs. */
  boolean isNew(IdWindow ids) {
    return !isLoaded() && start.checkpoint().currentId() <= ids.firstId();
  }

  /** Returns the first ID that is ever asked. */
  public long initialId() {
    return settings.initialId();
  }

  DeadLettersAgain again() {
    return again;
  }
}
