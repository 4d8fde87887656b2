package io.stepsync.camel;

import io.stepsync.StreamSettings;
import io.stepsync.jdbc.DeleteStatement;
import io.stepsync.jdbc.UpsertStatement;
import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.Lanes;
import io.stepsync.sync.WindowPlan;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;

/**
 * Where a run starts, and where it stands: from its lane's row, the API's head and dead letters.
 */
abstract class RunStart extends RunPurpose {

  final RunRequests requests;
  final InstantSource clock;
  final RunLog log;
  final Meters meters;
  final Scan scan;
  Run.Status status = Run.Status.RUNNING;
  long version;
  private UpsertStatement upsertStatement;
  private DeleteStatement deleteStatement;
  private StoredLanes lanes;
  private boolean cut;

  RunStart(
      String id,
      RunKind kind,
      int lane,
      StreamSettings settings,
      StreamMemory memory,
      InstantSource clock) {
    super(id, kind, lane, settings, clock.instant());
    this.clock = clock;
    this.log = new RunLog(settings.name(), shownName(), kind, clock);
    this.meters = isDry() ? Meters.NONE : memory.meters();
    this.scan = new Scan(settings.scan());
    this.requests = new RunRequests(settings, memory, log, scan, isRefresh());
  }

  /** The table is ready for these statements. */
  void writeThrough(UpsertStatement upsert, DeleteStatement delete) {
    upsertStatement = upsert;
    deleteStatement = delete;
  }

  /** There is no state row yet, and none is made: this is where a dry run starts. */
  void startAtInitial() {
    log.started(scan.plan().checkpoint().currentId(), settings);
    follow(() -> {});
  }

  /** The state rows were read: this is where the run starts. */
  void startAt(StoredLanes stored) {
    StoredLane own = stored.get(getLane());
    follow(() -> scan.startAt(own.lane(), stored.reached(), own.answerLimit()));
    version = own.version();
    if (!isRefresh() && lanes == null) {
      log.started(own.lane().checkpoint().currentId(), settings);
    }
    lanes = stored;
    meters.lanesAt(stored);
  }

  /** Whether the stream's lanes are to be cut anew; that is for the run of the lowest one. */
  public boolean isToBeCut() {
    return getLane() == 0 && kind() == RunKind.SYNC && laneCut().isDue(lanes);
  }

  LaneCut laneCut() {
    return new LaneCut(
        settings, scan.head(), settings.restartOnReset(), requests.memory().hasAgreedOnLanes());
  }

  /** The run has cut the stream's lanes. */
  void cut(Lanes after) {
    cut = true;
    log.cut(after.all().size(), lanes.count());
  }

  boolean isCut() {
    return cut;
  }

  /** Tells whether the run's lane has the same IDs in {@code stored}. */
  boolean hasLaneOf(StoredLanes stored) {
    return stored.count() > getLane() && stored.get(getLane()).lane().hasIdsOf(scan.lane());
  }

  /** How many lanes the stream has. */
  public int getLaneCount() {
    return lanes == null ? 1 : lanes.count();
  }

  /** Returns the lane that the trigger of this one runs next; null behind the last. */
  Integer laneBehind() {
    return lanes == null ? null : lanes.behind(getLane());
  }

  /** The refresh's row was read as well: it goes on at {@code firstId}, up to the checkpoint. */
  void refreshFrom(long firstId) {
    follow(() -> scan.refreshFrom(firstId));
    log.started(scan.plan().position(), settings);
  }

  /** The API told its highest ID: the run ends there. */
  void endAt(long head) {
    if (scan.isReset(head)) {
      if (!settings.restartOnReset() || isRefresh()) {
        throw new IllegalStateException(
            "the API's highest ID must not be below the checkpoint, was "
                + head
                + " and "
                + scan.reached().currentId()
                + "; were its IDs reset? onSourceReset=restart starts over");
      }
      log.restarted(head, settings.scan().initialId());
    }
    meters.headAt(head);
    follow(() -> scan.endAt(head));
  }

  /** Asks first for those of these IDs that are settled: the API could not answer for them. */
  void retry(Collection<Long> ids) {
    follow(() -> scan.retry(ids));
  }

  /** Reads these records, by their IDs, instead of what the API has, and then ends. */
  void goOver(Map<Long, String> payloads) {
    follow(() -> scan.goOver(payloads));
  }

  final void follow(Runnable change) {
    change.run();
    status = scan.plan().next().isPresent() ? Run.Status.RUNNING : Run.Status.CAUGHT_UP;
  }

  /** Whether there is another window to ask. */
  public boolean isGoing() {
    return status == Run.Status.RUNNING;
  }

  /** How the run stands. */
  public Run.Status getStatus() {
    return status;
  }

  /** The highest ID that the API told at the run's start; null where it told none. */
  public Long getHead() {
    return scan.head();
  }

  /** The last ID that the run asks for; {@link Long#MAX_VALUE} where that is not known. */
  public long getMaxId() {
    return requests.maxId();
  }

  /** The plan whose checkpoint is the stream's, where the run's own stands at {@code plan}. */
  WindowPlan syncPlan(WindowPlan plan) {
    return scan.syncPlan().orElse(plan);
  }

  /** Where the next refresh goes on: where this one stands at {@code plan}, or the first of all. */
  Checkpoint refreshNext(WindowPlan plan) {
    return new Checkpoint(plan.next().isPresent() ? plan.position() : scan.initialId());
  }

  DeleteStatement deleteStatement() {
    return deleteStatement;
  }

  Scan scan() {
    return scan;
  }

  Meters meters() {
    return meters;
  }

  RunRequests requests() {
    return requests;
  }

  UpsertStatement upsertStatement() {
    return upsertStatement;
  }

  long version() {
    return version;
  }
}
