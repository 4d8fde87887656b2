package io.stepsync.run;

import io.stepsync.StreamSettings;
import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.http.RecordId;
import io.stepsync.http.RequestSettings;
import io.stepsync.jdbc.InsertCall;
import io.stepsync.jdbc.MissingRows;
import io.stepsync.jdbc.UpsertStatement;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.store.LaneCut;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import io.stepsync.store.StoredLanes;
import io.stepsync.store.StoredLanes.StoredLane;
import io.stepsync.store.history.WindowHistory;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.store.letters.Refusals;
import io.stepsync.verify.Verification;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Lanes;
import io.stepsync.window.SampledWindows;
import io.stepsync.window.WindowPlan;
import io.stepsync.window.YoungIds;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One firing of a stream's trigger, from its start to caught up, paused or failed. It travels as
 * the exchange variable {@code run}; its getters are what routes may read.
 *
 * <p>Used by one thread at a time.
 */
public final class Run {

  private final RunIdentity identity;
  private final StreamSettings settings;
  private final RecordId recordId;
  private final RunRequests requests;
  private final InstantSource clock;
  private final RunLog log;

  /** An object that is a map has other fields in each record. */
  private static final int MOST_UNCOPIED = 100;

  /** The fields of records that the table has no column for. */
  private final Set<String> uncopied = new TreeSet<>();

  private final Meters meters;
  private final Scan scan;
  private RunStatus status = RunStatus.RUNNING;
  private long version;
  private Checkpoint storedCheckpoint;
  private UpsertStatement upsertStatement;
  private MissingRows missingRows;
  private volatile boolean rowsWereThere;
  private StoredLanes lanes;
  private Verification verification;
  private boolean enough;
  private boolean givenWay;
  private Optional<IdWindow> part = Optional.empty();
  private final SecondLook secondLook;
  private boolean cut;

  /** The last ID of the stored records that were read; empty once there are none left. */
  private Optional<Long> goneOver = Optional.of(-1L);

  private String retried = "";
  private final Refusals refusals = new Refusals();
  private Counters counters = Counters.NONE;
  private OpenWindow window;
  private String error;
  private Duration longestPause;
  private boolean unsure;
  private Counters ifCommitted;
  private final WriteTries endTries = new WriteTries();
  private final WindowFailures failures = new WindowFailures();
  private final WindowHistory history = new WindowHistory();

  public Run(RunIdentity identity, StreamMemory memory, InstantSource clock) {
    this.identity = identity;
    this.settings = identity.settings();
    this.recordId = new RecordId(settings.request().format().id());
    this.clock = clock;
    this.longestPause = settings.maxBackoff();
    this.log = new RunLog(settings.name(), identity.shownName(), identity.kind(), clock);
    this.meters = isDry() ? Meters.NONE : memory.meters();
    this.scan = new Scan(settings.scan());
    this.secondLook = new SecondLook(settings.refresh());
    this.requests = new RunRequests(settings, memory, log, scan, isRefresh());
  }

  /** The table is ready for these statements. */
  public void writeThrough(UpsertStatement upsert, MissingRows missing) {
    upsertStatement = upsert;
    missingRows = missing;
  }

  /** There is no state row yet, and none is made: this is where a dry run starts. */
  public void startAtInitial() {
    log.started(scan.plan().checkpoint().currentId(), settings, false);
    follow(() -> {});
  }

  /** The state rows were read: this is where the run starts. */
  public void startAt(StoredLanes stored) {
    StoredLane own = stored.get(getLane());
    follow(() -> scan.startAt(own.lane(), stored.reached(), own.answerLimit(), now()));
    version = own.version();
    storedCheckpoint = own.lane().checkpoint();
    if (!isRefresh() && lanes == null) {
      boolean isAgain = !requests.memory().isFirstRun(getLane());
      log.started(own.lane().checkpoint().currentId(), settings, isAgain && !isDry());
    }
    lanes = stored;
    meters.lanesAt(stored);
  }

  /** Whether the stream's lanes are to be cut again; that is for the run of the lowest one. */
  public boolean isToBeCut() {
    return getLane() == 0 && kind() == RunKind.SYNC && laneCut().isDue(lanes);
  }

  public LaneCut laneCut() {
    return new LaneCut(
        settings,
        scan.head(),
        settings.restartOnReset() && !scan.isOfDeletes(),
        requests.memory().hasAgreedOnLanes());
  }

  /** The run has cut the stream's lanes. */
  public void cut(Lanes after) {
    cut = true;
    log.cut(after.all().size(), lanes.count());
  }

  public boolean isCut() {
    return cut;
  }

  /** Tells whether the run's lane has the same IDs in {@code stored}. */
  public boolean hasLaneOf(StoredLanes stored) {
    return stored.count() > getLane() && stored.get(getLane()).lane().hasIdsOf(scan.lane());
  }

  /** How many lanes the stream has. */
  public int getLaneCount() {
    return lanes == null ? 1 : lanes.count();
  }

  /** Returns the lane that the trigger of this one runs next; null behind the last. */
  public Integer laneBehind() {
    return lanes == null ? null : lanes.behind(getLane());
  }

  /** The refresh's row was read as well: it goes on at {@code firstId}, up to the checkpoint. */
  public void refreshFrom(long firstId) {
    follow(() -> scan.refreshFrom(firstId, isLookingTwice()));
    if (kind() != RunKind.VERIFY) {
      log.started(scan.plan().position(), settings, false);
    }
  }

  /** The run reads only these IDs below the checkpoint, as far as they are in its lane. */
  public void refreshPart(IdWindow ids) {
    follow(() -> scan.refreshFrom(scan.initialId(), false));
    refreshOnly(ids);
    part = scan.settled().flatMap(ids::and);
    part.ifPresent(own -> log.started(own.firstId(), settings, false));
  }

  /** Whether the run refreshes some IDs only, and keeps no position. */
  public boolean isPart() {
    return kind().isPart();
  }

  /** Whether where the run stands is kept, for a refresh that goes on there. */
  public boolean isPositionKept() {
    return isRefresh() && !isPart();
  }

  /** Of the IDs below the checkpoint only these are read; they may lie in other lanes. */
  private void refreshOnly(IdWindow ids) {
    Optional<IdWindow> both = scan.settled().flatMap(ids::and);
    follow(() -> both.ifPresentOrElse(scan::refreshOnly, () -> scan.askOnly(List.of())));
  }

  /** The run compares what it reads with the table. */
  public void verify(Verification begun) {
    verification = begun;
    List<IdWindow> settled = settledOfAll(begun.scope().ids());
    begun.beginLane(lanes == null ? YoungIds.NONE : lanes.get(getLane()).lane().young());
    if (begun.scope().sample() == 0) {
      refreshOnly(begun.scope().ids().orElse(new IdWindow(0, Long.MAX_VALUE)));
      log.started(scan.plan().position(), settings, false);
      return;
    }
    Random random = new Random(begun.scope().seed());
    List<IdWindow> sampled =
        SampledWindows.of(settled, begun.scope().sample(), scan.plan().step(), random::nextDouble);
    Optional<IdWindow> own = scan.settled();
    askAgain(sampled.stream().flatMap(window -> own.flatMap(window::and).stream()).toList());
  }

  /** Returns the settled ranges of all lanes, the lowest first, as far as they are wanted. */
  private List<IdWindow> settledOfAll(Optional<IdWindow> ids) {
    return IntStream.range(0, getLaneCount())
        .mapToObj(
            lane ->
                lanes == null ? Optional.<IdWindow>empty() : scan.settledOf(lanes.get(lane).lane()))
        .flatMap(Optional::stream)
        .flatMap(range -> ids.map(range::and).orElse(Optional.of(range)).stream())
        .toList();
  }

  /** What the run compares; null where it does not. */
  public Verification getVerification() {
    return verification;
  }

  /** Whether the answer to the current window is compared with the table. */
  public boolean isComparing() {
    return verification != null
        && (window.isAnswered()
            ? window.planAfter(scan.plan()).hasSettled()
            : window.rows().deadLetterCount() > 0);
  }

  /** The API told its highest ID. */
  public void headTold(long head) {
    scan.headTold(head);
    meters.headAt(head);
  }

  /** Whether the API's highest ID is below one that was found. */
  public boolean isHeadFallen() {
    return scan.isHeadFallen();
  }

  /**
   * Records below the API's highest ID were compared with the table.
   *
   * @param changes how many of them are not what the table has
   */
  public void lookedBelowHead(long records, long changes) {
    if (2 * changes < records) {
      scan.headIsOfDeletes();
      log.headFallen(scan.head(), scan.reached().currentId() - 1);
    }
  }

  /**
   * The run ends at the API's highest ID.
   *
   * @throws IllegalStateException if its IDs were reset, unless the run may start over
   */
  public void endAtHead() {
    if (scan.isReset()) {
      if (!settings.restartOnReset() || isRefresh()) {
        throw new IllegalStateException(
            "the API's highest ID must not be below the checkpoint, was "
                + scan.head()
                + " and "
                + scan.reached().currentId()
                + ", where its records are not those of the table; were its IDs reset?"
                + " onSourceReset=restart starts over");
      }
      log.restarted(scan.head(), settings.scan().initialId());
    }
    follow(scan::endAtHead);
  }

  /** Of the dead letters only those are gone over that have this text in their reason. */
  public void retryOnly(String reason) {
    retried = reason;
  }

  /** Asks first for those of these IDs that are settled: the API could not answer for them. */
  public void retry(Collection<Long> ids) {
    follow(() -> scan.retry(ids));
  }

  /** Reads these records, by their IDs, instead of what the API has; the run ends after none. */
  public void goOver(SortedMap<Long, String> payloads) {
    follow(() -> scan.goOver(payloads, settings.request().format().maxBytes()));
    goneOver = payloads.isEmpty() ? Optional.empty() : Optional.of(payloads.lastKey());
  }

  /** Whether there may be stored records that a run of dead letters has not gone over. */
  public boolean isGoingOver() {
    boolean able = status == RunStatus.RUNNING || status == RunStatus.CAUGHT_UP;
    return isOnlyDeadLetters() && able && goneOver.isPresent();
  }

  private void follow(Runnable change) {
    change.run();
    status = scan.plan().next().isPresent() ? RunStatus.RUNNING : RunStatus.CAUGHT_UP;
  }

  /** Returns the time, in milliseconds since 1970. */
  public long now() {
    return clock.instant().toEpochMilli();
  }

  /** Whether there is another window to ask. */
  public boolean isGoing() {
    return status == RunStatus.RUNNING;
  }

  /** How the run stands. */
  public RunStatus getStatus() {
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

  /**
   * Where the next refresh goes on: where this one stands at {@code plan}, at the checkpoint while
   * it looks a second time, or at the first ID.
   */
  Checkpoint refreshNext(WindowPlan plan) {
    if (scan.syncPlan().isEmpty() || secondLook.isOver()) {
      return new Checkpoint(scan.initialId());
    }
    if (!secondLook.isBegun() && plan.next().isPresent()) {
      return new Checkpoint(plan.position());
    }
    return isLookingTwice() ? syncPlan(plan).checkpoint() : new Checkpoint(scan.initialId());
  }

  /** Tells whether rows that the API lacks are looked for twice, and then deleted. */
  boolean isLookingTwice() {
    return isRefresh() && missingRows != null;
  }

  /** Whether a refresh begins at the first ID, so that nothing is missing yet. */
  public boolean isRefreshBeginning() {
    return isLookingTwice() && !isDry() && !isPart() && scan.plan().position() == scan.initialId();
  }

  /** Returns all IDs that the refresh looks at. */
  public IdWindow refreshed() {
    if (part.isPresent()) {
      return part.get();
    }
    long first = scan.initialId();
    return new IdWindow(first, Math.max(first, scan.plan().maxId()));
  }

  public MissingRows missingRows() {
    return missingRows;
  }

  public Scan scan() {
    return scan;
  }

  public Meters meters() {
    return meters;
  }

  public RunRequests requests() {
    return requests;
  }

  public UpsertStatement upsertStatement() {
    return upsertStatement;
  }

  /**
   * Returns the call that inserts a window's rows, if that is faster than an upsert: in a first
   * load none should be there above the checkpoint. The same until {@link #insertNoMore}.
   *
   * @param ids of the window
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  public Optional<InsertCall> insertCall(WindowRows rows, IdWindow ids) throws SQLException {
    return isNew(ids) ? rows.inserting(upsertStatement) : Optional.empty();
  }

  private boolean isNew(IdWindow ids) {
    return !rowsWereThere && kind() == RunKind.SYNC && scan.isNew(ids);
  }

  /**
   * The database refused the current window, although it refuses none of its rows: some are there.
   *
   * @return whether the window was inserted, so that an upsert may write it
   */
  public boolean insertNoMore() {
    boolean inserted = isNew(window.written());
    rowsWereThere = true;
    return inserted;
  }

  /** Asks for the current window, and for those behind it, and takes its rows. */
  public void fetch() throws Exception {
    requests.fetch(window);
    failures.end();
    checkDeadLetters();
  }

  /** Takes the next window of the plan and makes place for its rows. */
  public IdWindow nextWindow() {
    window = new OpenWindow(scan.plan().next().orElseThrow(), settings.table());
    return window.ids();
  }

  /** Fails the run when it has more dead letters than its stream allows. */
  public void checkDeadLetters() {
    if (kind() == RunKind.VERIFY) {
      return; // it keeps none
    }
    window.checkDeadLetters(counters.deadLetters(), settings.maxDeadLetters());
  }

  /**
   * The window's answer is not to be had. An API may have many words for not taking a wide window,
   * so whatever it said to one that is wider than a step, steps are tried.
   *
   * @throws Exception the failure, if a narrower window cannot mend it
   */
  public void failed(Exception failure) throws Exception {
    Optional<AnswerException> trouble = WindowFailures.in(failure);
    if (trouble.isEmpty() && scan.plan().isWidened(window.ids())) {
      trouble = WindowFailures.ofWideWindow(failure);
    }
    troubled(trouble.orElseThrow(() -> failure));
  }

  /** The window's answer is not to be had; a narrower window may mend that. */
  void troubled(AnswerException reason) {
    failures.count(reason, scan.plan().isWidened(window.ids()));
    window.troubled(reason.saying(requests::masked));
    checkDeadLetters();
  }

  /** The window's rows do not fit into a statement; those of a narrower window may. */
  public void tooLarge(SQLException fault) {
    troubled(
        new AnswerException(
            "its rows are more than the database takes: " + fault.getMessage(), Trouble.TOO_LARGE));
  }

  /** The current window is to be written again once a fault has passed. */
  public void writeAgainLater(SQLException fault) throws SQLException {
    window.writeTries().againLater(fault);
    log.faulty(window.ids(), requests.masked(Failures.message(fault)));
  }

  /** How the run ended is to be kept again once a fault has passed. */
  public void keepEndAgainLater(SQLException fault) throws SQLException {
    endTries.againLater(fault);
    log.faultyEnd(requests.masked(Failures.message(fault)));
  }

  /** How the run ended, or which windows it asked, is not to be had later. */
  public void notKept(Throwable fault) {
    log.notKept(
        isEndUnkept() ? "the end of the run" : "the windows that the run asked last",
        requests.masked(Failures.message(fault)));
  }

  /** Asks for these windows again, which hold rows that were missing. */
  public void askAgain(List<IdWindow> windows) {
    follow(() -> scan.askOnly(windows));
  }

  /** What a refresh does about rows that its answers lack. */
  public SecondLook getSecondLook() {
    return secondLook;
  }

  /** Whether the refresh has seen everything, and has a second look to take. */
  public boolean isAllSeen() {
    boolean any = !isPart() || part.isPresent();
    return isLookingTwice() && status == RunStatus.CAUGHT_UP && any;
  }

  /** Whether rows that were missing are still to be asked for again. */
  public boolean isLookingAgain() {
    return status == RunStatus.CAUGHT_UP && !secondLook.isOver();
  }

  /** Whether the second look is over, so that the next refresh begins at the first ID. */
  public boolean isLookedTwice() {
    return status == RunStatus.CAUGHT_UP && secondLook.isOver() && !isDry();
  }

  /** All rows are counted: if too many of them are missing, the refresh is to fail. */
  public void decideDeletes() {
    secondLook.decide();
    boolean refused = secondLook.refusal().isPresent();
    if (isDry()) {
      log.missing(
          secondLook
              .refusal()
              .orElse(secondLook + "; a refresh asks for those again, and deletes them"));
    } else if (secondLook.missing() > 0 && !refused) {
      log.missing(secondLook + "; they are asked for again");
    }
  }

  /** The end of the refresh is kept, and nothing is noted as missing any more. */
  public void refreshKept() {
    version++;
    secondLook
        .refusal()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
  }

  /** The current window is settled: what it brought, if anything, is committed. */
  public void windowDone() {
    boolean written = isToBeWritten();
    if (written) {
      version++;
    }
    WindowPlan plan = scan.plan();
    boolean mayComeAgain = scan.again().isAnyIn(window.ids()) || plan.isBeforeItsTurn(window.ids());
    history.settled(window.row(scan.plan(), written), written, mayComeAgain);
    if (written) {
      refusals.add(window.rows().deadLetters());
    }
    Counters before = counters;
    counters = getCounters();
    follow(() -> scan.follow(planAfterWindow()));
    if (enough) {
      askAgain(List.of());
    }
    log.learned(plan, scan.plan());
    if (written) {
      storedCheckpoint = syncPlan(scan.plan()).checkpoint();
    }
    window.tell(log);
    if (uncopied.size() < MOST_UNCOPIED) {
      uncopied.addAll(window.rows().uncopied());
    }
    Duration age = window.age();
    window = null;
    meters.windowDone(before, counters, age);
    tellWhereItStands();
  }

  private void tellEnd() {
    Counters ended = getCounters();
    boolean nothing = ended.upserted() + ended.deleted() + ended.deadLetters() == 0;
    if (log.isSilent() && status == RunStatus.CAUGHT_UP && nothing && getCheckpoint() != null) {
      boolean isTold = requests.memory().isTimeToTell(getLane(), clock.instant());
      log.nothingChanged(getCheckpoint(), ended, isTold);
    } else {
      log.ended(status, error, getCheckpoint(), ended);
    }
  }

  private void tellWhereItStands() {
    if (getCheckpoint() != null) {
      meters.laneAt(scan.lane(), getCheckpoint(), version);
    }
  }

  WindowPlan planAfterWindow() {
    return window == null ? scan.plan() : window.planAfter(scan.plan());
  }

  /** Tells how far the run is, if it has not for a while. */
  void tellProgress() {
    log.progress(counters);
  }

  /** Nothing more is asked but for what differs. */
  public void enough() {
    enough = true;
  }

  /** Ends the run after the window that was settled last. */
  public void pause() {
    if (status == RunStatus.RUNNING) {
      status = RunStatus.PAUSED;
    }
  }

  /** Tells whether the run is a refresh that can be left where it stands. */
  public boolean mayGiveWay() {
    return kind() == RunKind.REFRESH
        && status == RunStatus.RUNNING
        && refreshNext(scan.plan()).currentId() > scan.initialId();
  }

  /** Ends the refresh after the window that was settled last, as a sync is due. */
  public void giveWay() {
    givenWay = true;
    pause();
  }

  public boolean hasGivenWay() {
    return givenWay;
  }

  public void stopAsLanesAreCut() {
    breakOff();
    log.lanesCut();
  }

  /** Ends the run in the middle of a window, which is not written. */
  public void breakOff() {
    window = null;
    unsure = true;
    status = RunStatus.PAUSED;
  }

  public void fail(String message) {
    status = RunStatus.FAILED;
    error = window == null ? message : "window " + window.ids() + ": " + message;
    unsure = true;
    if (window != null && !isDry() && isToBeWritten()) {
      ifCommitted = getCounters();
      storedCheckpoint = null;
    }
    window = null;
  }

  /** Whether only the database knows where the run's lane stands now. */
  public boolean isUnsure() {
    return unsure && !isDry();
  }

  /**
   * The row of the lane's number was read at the run's end.
   *
   * @param checkpoint null if that is another lane by now
   * @param windows the windows that the run's row counts; −1 where there is none
   */
  public void storedAt(Checkpoint checkpoint, long storedVersion, long windows) {
    storedCheckpoint = checkpoint;
    version = storedVersion;
    if (ifCommitted != null && ifCommitted.windows() == windows) {
      counters = ifCommitted;
    }
  }

  /** There is no row of the lane: the lowest starts at its first ID, another is no more. */
  public void nothingStored() {
    storedCheckpoint = getLane() == 0 ? new Checkpoint(scan.initialId()) : null;
  }

  /** The run has failed for what is no fault of the API: the next need not wait longer for it. */
  public void pauseAtMost(Duration longest) {
    if (longest.compareTo(longestPause) < 0) {
      longestPause = longest;
    }
  }

  /**
   * The run begins, unless it writes nothing, which disturbs no other.
   *
   * @throws StreamMemory.BusyException if another of the lane goes on
   */
  public void begin() {
    if (!isDry()) {
      requests.memory().begin(getLane(), getId());
    }
    meters.runBegins();
  }

  /** The run is over, however it ended. */
  public void end() {
    requests.close();
    boolean nothing = // other lanes may well be empty, above the last record of a lower one
        getLane() == 0 && scan.plan().checkpoint().currentId() <= scan.initialId();
    if (nothing && isFirstCaughtUp() && scan.head() == null && counters.windows() > 0) {
      log.foundNothing(scan.initialId(), scan.plan().position() - 1);
    }
    log.uncopied(requests.memory().untold(uncopied));
    if (givenWay) {
      log.gaveWay(refreshNext(scan.plan()), getCounters());
    } else if (kind() != RunKind.VERIFY) {
      tellEnd();
    }
    if (!isDry()) {
      log.refused(refusals, requests::masked);
    }
    Instant now = clock.instant();
    meters.runEnded(status, Duration.between(identity.started(), now));
    tellWhereItStands();
    if (isCaughtUpSync() && getLaneCount() == 1) {
      meters.caughtUp(now);
    }
    if (kind() == RunKind.VERIFY) {
      return; // the stream's trigger has nothing to do with it
    }
    StreamMemory memory = requests.memory();
    memory.end(getLane(), getId());
    if (status == RunStatus.FAILED) {
      memory
          .failed(getLane(), clock.instant(), longestPause)
          .ifPresent(notBefore -> log.pausing(memory.failures(getLane()), notBefore));
    } else {
      memory.succeeded(getLane());
    }
  }

  /** Whether how the run ended is still to be kept. */
  public boolean isEndUnkept() {
    return !endTries.isWritten();
  }

  /** How long to wait before the end is kept again, in milliseconds. */
  public long getEndDelay() {
    return endTries.delay().toMillis();
  }

  /** How often the run's end was written. */
  public WriteTries endTries() {
    return endTries;
  }

  /** Whether the current window brought something that is to be written. */
  public boolean isToBeWritten() {
    return window.isToBeWritten(scan.plan(), isRefresh(), scan.again());
  }

  /** Whether the current window is still to be committed. */
  public boolean isUnwritten() {
    return !isDry() && isToBeWritten() && !window.writeTries().isWritten();
  }

  /** Whether another query tells how many rows the upsert of a window left as they were. */
  public boolean isCountedApart() {
    return upsertStatement.unchangedQuery().isPresent();
  }

  /** Whether the current window's rows are inserted, and not upserted. */
  public boolean isInserting() {
    return window.isInserting();
  }

  /** Whether the current window may be committed, although its commit failed. */
  public boolean isInDoubt() {
    return window.writeTries().isInDoubt();
  }

  /** How long to wait before the current window is written again, in milliseconds. */
  public long getWriteDelay() {
    return window.writeTries().delay().toMillis();
  }

  /** Whether a refresh may follow: the stream has some, and the run is caught up. */
  public boolean isRefreshable() {
    return status == RunStatus.CAUGHT_UP && settings.refresh().schedule() != null;
  }

  /** Whether this is the run with which the first load of its lane ends. */
  public boolean isFirstCaughtUp() {
    return isCaughtUpSync() && !scan.isLoaded();
  }

  /** Tells whether the run has asked all that is new in its lane. */
  public boolean isCaughtUpSync() {
    return status == RunStatus.CAUGHT_UP && kind() == RunKind.SYNC;
  }

  /** Whether rows that the answer to the current window lacks are noted as missing. */
  public boolean isNoting() {
    return isLookingTwice() && !secondLook.isBegun() && window.isAnswered();
  }

  /** Whether rows are deleted that were noted, and that this answer lacks as well. */
  public boolean isDeleting() {
    return isLookingTwice() && secondLook.isBegun() && window.isAnswered();
  }

  /** Whether rows that this answer lacks are only counted; not those that were so before. */
  public boolean isCountingMissing() {
    return isDry() && isNoting() && isToBeWritten() && !scan.plan().isAskingAgain();
  }

  /** How long to wait before the next request, in milliseconds; its turn is taken with it. */
  public long getRequestDelay() {
    return requests.turn().toMillis();
  }

  /** Why the run failed. */
  public Optional<String> getError() {
    return Optional.ofNullable(error);
  }

  /** What the run has done so far, with the current window. */
  public Counters getCounters() {
    return window == null ? counters : window.addTo(counters, isToBeWritten());
  }

  /** How the run ended, for {@code direct:stepsync-notify}. */
  public Map<String, Object> getSummary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("stream", getStream());
    summary.put("run", getId());
    if (getLaneCount() > 1 || getLane() > 0) {
      summary.put("lane", getLane());
    }
    summary.put("kind", kind().text());
    summary.put("status", status.text());
    summary.put("started", identity.started().toString());
    if (getCheckpoint() != null) {
      summary.put("checkpoint", getCheckpoint().currentId());
    }
    getCounters().putInto(summary);
    getError().ifPresent(message -> summary.put("error", message));
    return summary;
  }

  /** The values that the statements under stepsync/sql name. */
  public Map<String, Object> getParameters() {
    WindowPlan plan = planAfterWindow();
    return new SqlParameters()
        .identity(identity, getLaneCount())
        .range(scan.lane(), part)
        .state(scan, syncPlan(plan), plan.answerLimit(), version)
        .refresh(refreshNext(plan), secondLook.after())
        .goneOver(goneOver.orElse(Long.MAX_VALUE), DeadLetterTable.like(retried))
        .window(window)
        .outcome(status, error, getCounters(), getHead())
        .values();
  }

  /** What stepsync_window lacks of the run: with the current window, if that is to be written. */
  public List<Map<String, Object>> getWindowRows() {
    boolean writing = window != null && isToBeWritten();
    return history.unwritten(writing ? window.row(scan.plan(), true) : Optional.empty()).stream()
        .map(row -> row.parameters(getId()))
        .toList();
  }

  /**
   * The checkpoint that is stored, where the next run goes on; that of a dry run, which stores
   * none, is where it stands. Null where it could not be read.
   */
  public Checkpoint getCheckpoint() {
    return isDry() ? syncPlan(scan.plan()).checkpoint() : storedCheckpoint;
  }

  /** The current window; there must be one. */
  public OpenWindow open() {
    return window;
  }

  /** Whether the run reads all IDs below the checkpoint again. */
  public boolean isRefresh() {
    return identity.isRefresh();
  }

  /** Whether the run writes nothing. */
  public boolean isDry() {
    return identity.isDry();
  }

  /** Whether the run only goes over the dead letters again. */
  public boolean isOnlyDeadLetters() {
    return identity.kind() == RunKind.RETRY;
  }

  /** The run's ID. */
  public String getId() {
    return identity.id();
  }

  /** The stream's name. */
  public String getStream() {
    return settings.name();
  }

  /** The number of the stream's lane that is run; 0 for the lowest. */
  public int getLane() {
    return identity.lane();
  }

  /** The stream's settings. */
  public StreamSettings getSettings() {
    return settings;
  }

  /** How a window is asked. */
  public RequestSettings getRequest() {
    return settings.request();
  }

  /** The endpoint that makes another record of each; null for none. */
  public String getTransform() {
    return settings.transform();
  }

  /** The endpoint that takes a window's records. */
  public String getSink() {
    return settings.sink();
  }

  /** The endpoint that takes the records one by one; null for none. */
  public String getRecordSink() {
    return settings.recordSink();
  }

  public RunKind kind() {
    return identity.kind();
  }

  public RecordId recordId() {
    return recordId;
  }
}
