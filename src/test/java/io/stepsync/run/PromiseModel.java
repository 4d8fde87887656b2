package io.stepsync.run;

import static java.util.stream.Collectors.joining;

import io.stepsync.window.AnswerLimit;
import io.stepsync.window.AnswerSize;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Density;
import io.stepsync.window.FoundIds;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.Outcome;
import io.stepsync.window.RecordsBelow;
import io.stepsync.window.ScanSettings;
import io.stepsync.window.WindowPlan;
import io.stepsync.window.YoungIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All that can happen to an API of a few IDs and to the runs that copy it, breadth first: records
 * are handed out in order, become visible at once, late or never, answers are cut, repeated and
 * refused, time passes, runs ask ahead and die, each between any two steps. Looks after each run
 * that is caught up whether all records are there that were promised.
 *
 * <p>Runs are made of the classes that the product's are made of; what a window's transaction keeps
 * is kept here in the same step. A clock tick is the time that a record may be late.
 */
final class PromiseModel {

  /** A mistake that the product might have, to see that the model would find it. */
  enum Fault {
    NONE,
    /** Answers are measured by their records alone. */
    RECORDS_ALONE,
    /** The checkpoint moves to the window's end. */
    CHECKPOINT_AT_END,
    /** What is young is not kept. */
    YOUNG_FORGOTTEN,
    /** An answer that was asked ahead counts as asked when it is used. */
    ASKED_WHEN_USED,
    /** An empty answer to a wide window is believed. */
    WIDE_BELIEVED,
    /** What is young is not kept when lanes are cut. */
    YOUNG_LEFT_AT_CUT,
    /** Rows are written in a transaction of their own, after the checkpoint. */
    ROWS_LATER
  }

  /** What can happen. */
  static final class Rules {
    /** The IDs that are handed out, at most, and those in a window. */
    final int ids;

    final int stepSize;
    private int lanes = 1;
    private int runs = 2;
    private int cuts;
    private int late;
    private int ticks;
    private boolean holes;
    private boolean setsBack;
    private int ahead;
    private int cap;
    private boolean byIds;
    private int twice;
    private int widest = Integer.MAX_VALUE;
    private boolean tellsNothing;
    private boolean firstIsThere;
    private boolean settling = true;
    private Density density = Density.UNKNOWN;
    private Fault fault = Fault.NONE;

    Rules(int ids, int stepSize) {
      this.ids = ids;
      this.stepSize = stepSize;
    }

    /** The IDs are cut into so many lanes. */
    Rules lanes(int count) {
      lanes = count;
      return this;
    }

    /** Each lane has so many runs, at most. */
    Rules runs(int count) {
      runs = count;
      return this;
    }

    /** The lanes are cut again so often, at most, whatever runs; each then has its runs again. */
    Rules cutAgain(int times) {
      cuts = times;
      return this;
    }

    /** So many records are late at a time, and the clock moves so often, at most. */
    Rules late(int atATime, int mostTicks) {
      late = atATime;
      ticks = mostTicks;
      return this;
    }

    /** IDs may stay unused. */
    Rules withHoles() {
      holes = true;
      return this;
    }

    /** The clock is set back once. */
    Rules settingBack() {
      setsBack = true;
      return this;
    }

    /** So many windows are asked ahead. */
    Rules ahead(int windows) {
      ahead = windows;
      return this;
    }

    /** Answers have any so many of their records. */
    Rules cappedAtRecords(int most) {
      cap = most;
      return this;
    }

    /** Answers have the records of any so many of their IDs. */
    Rules cappedAtIds(int most) {
      cap = most;
      byIds = true;
      return this;
    }

    /** This ID comes twice. */
    Rules twice(int id) {
      twice = id;
      return this;
    }

    /** Windows of more IDs are refused. */
    Rules refusingAbove(int width) {
      widest = width;
      return this;
    }

    /** Windows of more IDs are answered with nothing. */
    Rules tellingNothingAbove(int width) {
      widest = width;
      tellsNothing = true;
      return this;
    }

    /** The API has its first record before any run starts. */
    Rules startingWithOne() {
      firstIsThere = true;
      return this;
    }

    /** Late records are not looked for. */
    Rules withoutSettling() {
      settling = false;
      return this;
    }

    /** So many IDs a record are known from runs before: windows are wider than a step at once. */
    Rules sparse(int idsPerRecord) {
      density = new Density(idsPerRecord);
      return this;
    }

    Rules with(Fault mistake) {
      fault = mistake;
      return this;
    }
  }

  private static final int TICK = 1000;
  private static final int MOST_LANES = 3;

  /** An answer that was asked ahead. */
  private record Ahead(IdWindow window, FoundIds found, int askedAt) {}

  /** A run that is under way. */
  private record Running(WindowPlan plan, int startedAt, int visibleBefore, List<Ahead> ahead) {
    @Override
    public String toString() {
      return plan + " " + startedAt + " " + visibleBefore + " " + ahead;
    }
  }

  /**
   * A lane as it is kept, the runs that it still has, and the one under way.
   *
   * @param key tells it from others; made once, as most of the time goes into keys
   */
  private record LaneLife(Lane kept, AnswerLimit limit, int runs, Running running, long key) {
    LaneLife(Lane kept, AnswerLimit limit, int runs, Running running) {
      this(kept, limit, runs, running, key(kept, limit, runs, running));
    }

    /** Not made of the texts of records, which are slow. */
    private static long key(Lane kept, AnswerLimit limit, int runs, Running running) {
      long key = running == null ? 0 : hash(running.toString());
      long[] numbers = {
        runs,
        kept.firstId(),
        kept.lastId(),
        kept.checkpoint().currentId(),
        kept.known().firstId(),
        kept.known().records(),
        kept.loaded() ? 1 : 0,
        kept.density().idsPerRecord(),
        limit.largest().records(),
        limit.largest().ids(),
        limit.limit().records(),
        limit.limit().ids()
      };
      for (long number : numbers) {
        key = mixed(key, number);
      }
      return mixed(key, hash(String.valueOf(kept.young().text())));
    }
  }

  /** How everything stands, and what happened last. */
  private static final class Moment {
    /** Of each ID: not handed out (.), late (l), visible (v) or never used (x). */
    private char[] api;

    /** Of each ID the tick at which it became visible; −1 before. */
    private int[] visibleAt;

    /** Of each ID the tick at which a higher one was seen; −1 before. */
    private int[] higherSeenAt;

    /** The IDs that became visible when no higher one was, as bits. */
    private int inOrder;

    private int clock;
    private int ticks;
    private boolean setBack;
    private int cuts;

    /** The IDs of the rows, as bits. */
    private int table;

    private LaneLife[] lanes;
    private final Moment before;
    private String news;

    Moment(int ids, LaneLife[] lanes) {
      this.api = ".".repeat(ids).toCharArray();
      this.visibleAt = new int[ids];
      this.higherSeenAt = new int[ids];
      Arrays.fill(visibleAt, -1);
      Arrays.fill(higherSeenAt, -1);
      this.lanes = lanes;
      this.before = null;
    }

    /** What follows {@code before}, and is to be changed. */
    Moment(Moment before, String news) {
      this.api = before.api.clone();
      this.visibleAt = before.visibleAt.clone();
      this.higherSeenAt = before.higherSeenAt.clone();
      this.inOrder = before.inOrder;
      this.clock = before.clock;
      this.ticks = before.ticks;
      this.setBack = before.setBack;
      this.cuts = before.cuts;
      this.table = before.table;
      this.lanes = before.lanes.clone();
      this.before = before;
      this.news = news;
    }

    boolean is(int index, char state) {
      return api[index] == state;
    }

    int visible() {
      int visible = 0;
      for (int i = 0; i < api.length; i++) {
        visible |= is(i, 'v') ? 1 << i : 0;
      }
      return visible;
    }

    Moment appearing(int index) {
      boolean higher = visible() >> index != 0;
      inOrder |= higher ? 0 : 1 << index;
      api[index] = 'v';
      visibleAt[index] = clock;
      return this;
    }

    void seen(FoundIds found) {
      for (int i = 0; i < api.length; i++) {
        if (!found.isEmpty() && found.highest() > i + 1 && higherSeenAt[i] < 0) {
          higherSeenAt[i] = clock;
        }
      }
    }

    void written(FoundIds found) {
      for (int i = 0; i < api.length; i++) {
        table |= found.contains(i + 1L) ? 1 << i : 0;
      }
    }

    long key() {
      long key = clock + 31L * ticks + 1009L * cuts + (setBack ? 1 << 20 : 0);
      for (int i = 0; i < api.length; i++) {
        key = mixed(key, api[i]);
        key = mixed(key, 16L * visibleAt[i] + higherSeenAt[i]);
      }
      key = mixed(mixed(key, inOrder), table);
      for (LaneLife lane : lanes) {
        key = mixed(key, lane.key());
      }
      return key;
    }

    List<String> history() {
      List<String> history = new ArrayList<>();
      for (Moment at = this; at.before != null; at = at.before) {
        history.add(0, at.news);
      }
      return history;
    }
  }

  private final Rules rules;
  private final ScanSettings settings;
  private List<String> broken;
  private int moments;

  PromiseModel(Rules rules) {
    this.rules = rules;
    this.settings =
        new ScanSettings(
            1,
            rules.stepSize,
            16L * rules.stepSize,
            rules.ids,
            Long.MAX_VALUE,
            0,
            0,
            false,
            false,
            false,
            rules.settling ? TICK : 0);
  }

  /** Returns the shortest history that breaks the promise, if any does. */
  Optional<List<String>> play() {
    Set<Long> seen = new HashSet<>();
    List<Moment> now = List.of(begin());
    while (!now.isEmpty() && broken == null) {
      List<Moment> next = new ArrayList<>();
      for (Moment moment : now) {
        happen(
            moment,
            after -> {
              if (seen.add(after.key())) {
                next.add(after);
              }
            });
      }
      moments += next.size();
      now = next;
    }
    return Optional.ofNullable(broken);
  }

  /** How many moments there were. */
  int moments() {
    return moments;
  }

  private static long hash(String text) {
    long hash = 1125899906842597L;
    for (int i = 0; i < text.length(); i++) {
      hash = mixed(hash, text.charAt(i));
    }
    return hash;
  }

  private static long mixed(long hash, long value) {
    long mixed = 6364136223846793005L * (hash ^ value) + 1442695040888963407L;
    return mixed ^ mixed >>> 29;
  }

  private Moment begin() {
    Lanes lanes = Lanes.from(1);
    if (rules.lanes > 1) {
      lanes = lanes.cut(rules.lanes, settings.stepSize(), rules.ids);
    }
    AnswerLimit unknown =
        rules.fault == Fault.RECORDS_ALONE
            ? new AnswerLimit(new AnswerSize(0, Long.MAX_VALUE), AnswerSize.NOTHING)
            : AnswerLimit.UNKNOWN;
    Moment begin =
        new Moment(
            rules.ids,
            lanes.all().stream()
                .map(lane -> new LaneLife(withDensity(lane), unknown, rules.runs, null))
                .toArray(LaneLife[]::new));
    return rules.firstIsThere ? new Moment(begin, "1 is there").appearing(0) : begin;
  }

  private Lane withDensity(Lane lane) {
    return new Lane(
        lane.firstId(),
        lane.lastId(),
        lane.checkpoint(),
        lane.known(),
        lane.refreshId(),
        lane.young(),
        lane.loaded(),
        rules.density);
  }

  private void happen(Moment at, Consumer<Moment> into) {
    int next = String.valueOf(at.api).indexOf('.');
    if (next >= 0) {
      into.accept(new Moment(at, (next + 1) + " is added").appearing(next));
      if (rules.late > String.valueOf(at.api).chars().filter(c -> c == 'l').count()) {
        Moment late = new Moment(at, (next + 1) + " is handed out, and not visible yet");
        late.api[next] = 'l';
        into.accept(late);
      }
      if (rules.holes) {
        Moment unused = new Moment(at, (next + 1) + " stays unused");
        unused.api[next] = 'x';
        into.accept(unused);
      }
    }
    for (int i = 0; i < rules.ids; i++) {
      boolean inTime = at.higherSeenAt[i] < 0 || at.clock <= at.higherSeenAt[i] + 1;
      if (at.is(i, 'l') && inTime) {
        into.accept(new Moment(at, (i + 1) + " becomes visible").appearing(i));
      }
    }
    if (at.ticks < rules.ticks) {
      Moment later = new Moment(at, "settleAfter passes");
      later.clock++;
      later.ticks++;
      into.accept(later);
    }
    if (rules.setsBack && !at.setBack && at.clock > 0) {
      Moment earlier = new Moment(at, "the clock is set back by settleAfter");
      earlier.clock--;
      earlier.setBack = true;
      into.accept(earlier);
    }
    if (at.cuts < rules.cuts) {
      for (int count = 1; count <= MOST_LANES; count++) {
        cut(at, count, into);
      }
    }
    for (int i = 0; i < at.lanes.length; i++) {
      run(at, i, into);
    }
  }

  /** Runs under way find a newer version of their state, and change nothing any more. */
  private void cut(Moment at, int count, Consumer<Moment> into) {
    Lanes before = lanes(at);
    Lanes after = before.cut(count, before.width(settings.stepSize()), rules.ids);
    if (after.equals(before)) {
      return;
    }
    AnswerLimit limit =
        Stream.of(at.lanes).map(LaneLife::limit).reduce(AnswerLimit.UNKNOWN, AnswerLimit::and);
    Moment then = new Moment(at, "the lanes are cut into " + count + ": " + shown(after));
    then.cuts++;
    then.lanes =
        after.all().stream()
            .map(lane -> new LaneLife(atCut(lane), limit, rules.runs, null))
            .toArray(LaneLife[]::new);
    into.accept(then);
  }

  private Lane atCut(Lane lane) {
    if (rules.fault != Fault.YOUNG_LEFT_AT_CUT) {
      return lane;
    }
    return new Lane(
        lane.firstId(),
        lane.lastId(),
        lane.checkpoint(),
        lane.known(),
        lane.refreshId(),
        YoungIds.NONE,
        lane.loaded(),
        lane.density());
  }

  private static String shown(Lanes lanes) {
    return lanes.all().stream()
        .map(lane -> "from " + lane.firstId() + " at " + lane.checkpoint().currentId())
        .collect(joining(", "));
  }

  private static Lanes lanes(Moment at) {
    return new Lanes(Stream.of(at.lanes).map(LaneLife::kept).toList());
  }

  private Moment withLane(Moment at, int number, LaneLife life, String news) {
    Moment then = new Moment(at, rules.lanes > 1 ? "lane " + number + ": " + news : news);
    then.lanes[number] = life;
    return then;
  }

  private void run(Moment at, int number, Consumer<Moment> into) {
    LaneLife life = at.lanes[number];
    Running running = life.running();
    if (running == null) {
      if (life.runs() > 0) {
        into.accept(start(at, number));
      }
      return;
    }
    into.accept(
        withLane(
            at,
            number,
            new LaneLife(life.kept(), life.limit(), life.runs(), null),
            "the run dies"));
    List<IdWindow> windows = running.plan().ahead(rules.ahead + 1);
    for (IdWindow window : windows.subList(Math.min(1, windows.size()), windows.size())) {
      if (running.ahead().stream().noneMatch(ahead -> ahead.window().equals(window))) {
        for (FoundIds found : answers(at, window)) {
          List<Ahead> ahead = new ArrayList<>(running.ahead());
          ahead.removeIf(old -> !windows.contains(old.window()));
          ahead.add(new Ahead(window, found, at.clock));
          Running then =
              new Running(
                  running.plan(), running.startedAt(), running.visibleBefore(), List.copyOf(ahead));
          Moment after =
              withLane(
                  at,
                  number,
                  new LaneLife(life.kept(), life.limit(), life.runs(), then),
                  window + " is asked ahead: " + found);
          after.seen(found);
          into.accept(after);
        }
        break; // they are asked in order
      }
    }
    IdWindow window = running.plan().next().orElseThrow();
    if (!rules.tellsNothing && window.width() > rules.widest) {
      Outcome outcome =
          running.plan().isWidened(window)
              ? new Outcome.Refused(window)
              : new Outcome.Failed(window);
      settle(
          at, number, running.plan().after(outcome), FoundIds.NONE, window + " is refused", into);
      return;
    }
    Optional<Ahead> asked =
        running.ahead().stream().filter(ahead -> ahead.window().equals(window)).findFirst();
    if (asked.isPresent()) {
      answer(at, number, asked.get(), into);
    } else {
      answers(at, window)
          .forEach(found -> answer(at, number, new Ahead(window, found, at.clock), into));
    }
  }

  private Moment start(Moment at, int number) {
    LaneLife life = at.lanes[number];
    Scan scan = new Scan(settings);
    scan.startAt(life.kept(), lanes(at).reached(), life.limit(), (long) at.clock * TICK);
    LaneLife started =
        new LaneLife(
            life.kept(),
            life.limit(),
            life.runs() - 1,
            new Running(scan.plan(), at.clock, at.visible(), List.of()));
    Moment then = withLane(at, number, started, "a run starts");
    return scan.plan().next().isPresent() ? then : end(then, number, at.clock, at.visible());
  }

  /** All answers that there may be to a window. */
  private List<FoundIds> answers(Moment at, IdWindow window) {
    List<Long> ids = new ArrayList<>();
    boolean told = !rules.tellsNothing || window.width() <= rules.widest;
    for (long id = window.firstId(); told && id <= Math.min(window.lastId(), rules.ids); id++) {
      if (id > 0 && at.is((int) id - 1, 'v')) {
        ids.add(id);
      }
    }
    List<List<Long>> answers = List.of(ids);
    if (rules.cap > 0 && rules.byIds) {
      answers = subsets(ids, rules.cap).stream().map(this::repeated).toList();
    } else if (rules.cap > 0) {
      answers = subsets(repeated(ids), rules.cap);
    } else {
      answers = List.of(repeated(ids));
    }
    return answers.stream()
        .map(answer -> FoundIds.of(answer.stream().mapToLong(Long::longValue).toArray()))
        .distinct()
        .toList();
  }

  private List<Long> repeated(List<Long> ids) {
    List<Long> repeated = new ArrayList<>(ids);
    if (ids.contains((long) rules.twice)) {
      repeated.add((long) rules.twice);
    }
    return repeated;
  }

  private static List<List<Long>> subsets(List<Long> all, int size) {
    if (all.size() <= size) {
      return List.of(all);
    }
    List<List<Long>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << all.size(); bits++) {
      if (Integer.bitCount(bits) == size) {
        List<Long> subset = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
          if ((bits & 1 << i) != 0) {
            subset.add(all.get(i));
          }
        }
        subsets.add(subset);
      }
    }
    return subsets;
  }

  private void answer(Moment at, int number, Ahead answer, Consumer<Moment> into) {
    WindowPlan plan = at.lanes[number].running().plan();
    FoundIds found = answer.found();
    long witness = plan.witnessOf(answer.window());
    if (rules.fault == Fault.WIDE_BELIEVED && witness > 0 && found.isEmpty()) {
      found = FoundIds.of(witness);
    }
    int askedAt = rules.fault == Fault.ASKED_WHEN_USED ? at.clock : answer.askedAt();
    WindowPlan next =
        plan.after(new Outcome.Answered(answer.window(), found, (long) askedAt * TICK, 0));
    String news =
        answer.window()
            + (found.isEmpty() ? " is empty" : " has " + found)
            + (next.isCommitting() ? ", is written" : "")
            + (next.hasSettled() ? "" : ", is in doubt");
    settle(at, number, next, found, news, into);
  }

  private void settle(
      Moment at, int number, WindowPlan next, FoundIds found, String news, Consumer<Moment> into) {
    LaneLife life = at.lanes[number];
    Running running = life.running();
    IdWindow asked = running.plan().next().orElseThrow();
    List<Ahead> ahead =
        running.ahead().stream().filter(other -> !other.window().equals(asked)).toList();
    Running then = new Running(next, running.startedAt(), running.visibleBefore(), ahead);
    boolean commits = next.isCommitting();
    LaneLife after =
        commits
            ? new LaneLife(
                kept(life.kept(), running.plan(), next), next.answerLimit(), life.runs(), then)
            : new LaneLife(life.kept(), life.limit(), life.runs(), then);
    if (commits && rules.fault == Fault.ROWS_LATER) {
      LaneLife dead = new LaneLife(after.kept(), after.limit(), after.runs(), null);
      into.accept(withLane(at, number, dead, news + ", the run dies before its rows are"));
    }
    Moment moment = withLane(at, number, after, news);
    moment.seen(found);
    if (commits) {
      moment.written(found);
    }
    if (next.next().isEmpty()) {
      moment = end(moment, number, running.startedAt(), running.visibleBefore());
    }
    into.accept(moment);
  }

  private Lane kept(Lane lane, WindowPlan before, WindowPlan next) {
    Checkpoint checkpoint = next.checkpoint();
    if (rules.fault == Fault.CHECKPOINT_AT_END) {
      checkpoint = new Checkpoint(before.next().orElseThrow().lastId() + 1);
    }
    YoungIds young = rules.fault == Fault.YOUNG_FORGOTTEN ? YoungIds.NONE : next.young();
    RecordsBelow known = next.known();
    return new Lane(
        lane.firstId(),
        lane.lastId(),
        checkpoint,
        known,
        lane.refreshId(),
        young,
        lane.loaded(),
        next.density());
  }

  private Moment end(Moment at, int number, int startedAt, int visibleBefore) {
    LaneLife life = at.lanes[number];
    Lane kept = life.kept();
    Lane loaded =
        new Lane(
            kept.firstId(),
            kept.lastId(),
            kept.checkpoint(),
            kept.known(),
            kept.refreshId(),
            kept.young(),
            true,
            kept.density());
    Moment end = at;
    end.lanes[number] = new LaneLife(loaded, life.limit(), life.runs(), null);
    end.news += "; the run is caught up";
    look(end, kept, startedAt, visibleBefore);
    return end;
  }

  private void look(Moment end, Lane lane, int startedAt, int visibleBefore) {
    for (int i = 0; i < rules.ids && broken == null; i++) {
      boolean visible = (visibleBefore & 1 << i) != 0;
      boolean inOrder = (end.inOrder & 1 << i) != 0;
      boolean longAgo = end.visibleAt[i] + 1 <= startedAt && !end.setBack;
      boolean own = lane.firstId() <= i + 1 && i + 1 <= lane.lastId();
      if (own && visible && (inOrder || longAgo) && (end.table & 1 << i) == 0) {
        List<String> history = new ArrayList<>(end.history());
        history.add((i + 1) + " is lost");
        broken = history;
      }
    }
  }
}
