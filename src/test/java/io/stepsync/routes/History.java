package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.Stream;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import io.stepsync.verify.VerifyReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The life of a stream whose source changes at any time and whose process dies at any time, all of
 * it drawn from one seed.
 */
final class History {

  static final Duration SETTLE_AFTER = Duration.ofMinutes(10);

  private static final int MOST_RUNS = 5;
  private static final long MOST_GAP = 400;
  private static final int FOR_EVER = Integer.MAX_VALUE;

  private final Random random;
  private final ChangingSource source;
  private final MortalStepsync stepsync;
  private final List<String> events = new ArrayList<>();
  private final String deletes;
  private final boolean hasEnd;
  private long maxId = Long.MAX_VALUE;
  private BitSet settled;
  private int mostLanes = 1;

  History(long seed, ChangingSource source, MortalStepsync stepsync) {
    this.random = new Random(seed);
    this.source = source;
    this.stepsync = stepsync;
    this.deletes = List.of("ignore", "soft", "hard").get(random.nextInt(3));
    this.hasEnd = random.nextInt(5) < 2;
    long stepSize = 4L + random.nextInt(hasEnd ? 16 : 60);
    ChangingSource.Faults faults = faults(stepSize);
    events.add(faults.toString());
    source.begin(faults, new Random(seed), events::add);
    stepsync.begin(stream(stepSize));
    settled = stepsync.settled();
  }

  private ChangingSource.Faults faults(long stepSize) {
    return new ChangingSource.Faults(
        random.nextBoolean() ? FOR_EVER : 1 + random.nextInt(40),
        random.nextBoolean(),
        random.nextBoolean() ? FOR_EVER : stepSize + random.nextInt(200),
        random.nextInt(3) > 0 ? FOR_EVER : 1 + random.nextInt(60));
  }

  private Stream stream(long stepSize) {
    Stream stream = new Stream();
    stream.setUrl(source.url());
    stream.setTable(MortalStepsync.STREAM);
    stream.setPrimaryKey("id");
    String idType = random.nextBoolean() ? "LONG" : "STRING";
    stream.setColumns("id: " + idType + ", v: INT, name: STRING");
    stream.setStepSize(stepSize);
    stream.setRetries(0);
    stream.setSettleAfter(SETTLE_AFTER);
    stream.setMaxStepSize(stepSize * (1 + random.nextInt(100)));
    stream.setMaxGap(MOST_GAP);
    stream.setLookback(random.nextInt(3) == 0 ? random.nextInt(50) : 0);
    stream.setVersionColumn(random.nextInt(4) == 0 ? "v" : null);
    stream.setDeletes(deletes);
    stream.setMaxDeletes("100%");
    events.add("step " + stepSize + ", deletes " + deletes);
    if (hasEnd) {
      setEnd(stream);
    }
    return stream;
  }

  private void setEnd(Stream stream) {
    if (random.nextBoolean()) {
      stream.setHeadUrl(source.headUrl());
    } else {
      maxId = 50L + random.nextInt(600);
      stream.setMaxId(maxId);
    }
    events.add(maxId == Long.MAX_VALUE ? "with a head" : "up to " + maxId);
  }

  private int lanes() {
    return hasEnd ? 1 + random.nextInt(4) : 1;
  }

  /** Begins another process, with so many lanes in its files. */
  private void restart(int lanes) {
    events.add("a process with lanes: " + lanes);
    stepsync.restart(lanes);
  }

  /** Lives it, and looks after each run at what must hold. */
  void play() {
    int count = 1 + random.nextInt(MOST_RUNS);
    for (int i = 0; i < count; i++) {
      change();
      if (random.nextInt(3) == 0) {
        pass(SETTLE_AFTER.plusMinutes(2));
      }
      if (random.nextBoolean()) {
        restart(lanes());
      }
      run(random.nextInt(3) == 0 ? RunKind.REFRESH : RunKind.SYNC, death(), true);
    }
    source.mend();
    runToTheEnd(RunKind.SYNC);
    pass(SETTLE_AFTER.plusMinutes(2));
    runToTheEnd(RunKind.SYNC);
    runToTheEnd(RunKind.REFRESH); // which may go on where one was stopped
    runToTheEnd(RunKind.REFRESH);
    lookAtTheEnd();
  }

  private void runToTheEnd(RunKind kind) {
    assertThat(run(kind, FOR_EVER, false))
        .as(this::toString)
        .allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);
  }

  private void pass(Duration time) {
    events.add("after " + time);
    stepsync.clock().move(time);
  }

  private int death() {
    return random.nextInt(3) == 0 ? FOR_EVER : random.nextInt(80);
  }

  private List<Run> run(RunKind kind, int death, boolean changing) {
    events.add(kind.text() + (death == FOR_EVER ? "" : ", dies after " + death));
    source.beginRun();
    while (changing && random.nextInt(3) > 0) {
      source.before(random.nextInt(12), this::change);
    }
    boolean disturbed = changing && hasEnd && random.nextInt(4) == 0;
    if (disturbed) {
      int lanes = lanes();
      stepsync.between(1 + random.nextInt(60), () -> runElsewhere(lanes));
    }
    Set<Long> due = source.due();
    List<Run> runs = stepsync.run(kind, death, new Random(random.nextLong()));
    runs.forEach(this::tell);
    boolean caughtUp = runs.stream().allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);
    lookAfter(caughtUp && !disturbed && kind == RunKind.SYNC, due);
    return runs;
  }

  /** Another node has other files, and cuts the stream while this one runs it. */
  private void runElsewhere(int lanes) {
    restart(lanes);
    tell(stepsync.runLowest());
  }

  private void tell(Run run) {
    events.add(
        "-> lane "
            + run.getLane()
            + " "
            + run.getStatus()
            + run.getError().map(e -> " " + e).orElse(""));
  }

  /** Some of: records added above and below, changed, spoilt, deleted; an ID that fails. */
  private void change() {
    int kind = random.nextInt(13);
    long some = 1L + random.nextInt((int) source.highestId() + 1);
    events.add("change " + kind + " at " + some);
    switch (kind) {
      case 0, 1, 2, 3 -> append();
      case 4 -> source.put(some);
      case 5, 6 -> touch(some);
      case 7 -> source.spoil(some);
      case 8 -> source.poison(some);
      case 9, 10 -> source.appear();
      case 11 -> pass(Duration.ofMinutes(random.nextInt(12)));
      default -> deleteFrom(some);
    }
  }

  private void append() {
    long id = source.highestHandedOut();
    int density = 1 + random.nextInt(12);
    if (random.nextInt(4) == 0) {
      id += random.nextInt(200);
    }
    for (int i = random.nextInt(60); i >= 0; i--) {
      id += 1 + random.nextInt(density);
      if (random.nextInt(8) == 0) {
        source.handOut(id);
      } else {
        source.put(id);
      }
    }
  }

  private void touch(long id) {
    if (source.good().containsKey(id)) {
      source.put(id);
    }
  }

  private void deleteFrom(long firstId) {
    List<Long> ids = new ArrayList<>(source.good().tailMap(firstId).keySet());
    for (long id : ids.subList(0, Math.min(ids.size(), 1 + random.nextInt(20)))) {
      if (source.gapWithout(id) < MOST_GAP) {
        source.delete(id);
      }
    }
  }

  private void lookAfter(boolean caughtUp, Set<Long> due) {
    BitSet lost = (BitSet) settled.clone();
    settled = stepsync.settled();
    lost.andNot(settled);
    assertThat(lost.stream()).as(this::toString).isEmpty();
    mostLanes = Math.max(mostLanes, stepsync.lanes());
    if (!caughtUp) {
      return;
    }
    Set<Long> missing = new TreeSet<>(due);
    missing.retainAll(good().keySet());
    missing.removeAll(source.deletedMeanwhile());
    missing.removeAll(stepsync.table().keySet());
    missing.removeAll(new HashSet<>(stepsync.deadLetters("fetch")));
    missing.removeAll(new HashSet<>(stepsync.deadLetters("record")));
    assertThat(missing).as(this::toString).isEmpty();
  }

  private void lookAtTheEnd() {
    Map<Long, Integer> table = stepsync.table();
    Set<Long> bad = source.bad().headSet(maxId, true);
    table.keySet().removeAll(bad);
    if (deletes.equals("ignore")) {
      table.keySet().retainAll(good().keySet());
    }
    assertThat(table).as(this::toString).isEqualTo(good());
    assertThat(stepsync.deadLetters("record")).as(this::toString).containsExactlyElementsOf(bad);
    assertThat(stepsync.deadLetters("fetch")).as(this::toString).isEmpty();
  }

  /** A verify finds nothing but what must be there, and then what was done to the table. */
  void verify() {
    Set<Long> surplus = new TreeSet<>(stepsync.table().keySet());
    surplus.removeAll(source.good().keySet());
    surplus.removeAll(source.bad());
    Map<Long, String> expected = new TreeMap<>();
    surplus.forEach(id -> expected.put(id, "SURPLUS"));
    assertThat(found()).as(this::toString).isEqualTo(expected);
    List<Long> rows = new ArrayList<>(stepsync.table().keySet());
    rows.retainAll(good().keySet());
    if (rows.size() < 2) {
      return;
    }
    Collections.shuffle(rows, random);
    stepsync.damage("delete from \"item\" where cast(\"id\" as bigint) = " + rows.get(0));
    expected.put(rows.get(0), "MISSING");
    stepsync.damage(
        "update \"item\" set \"name\" = 'x' where cast(\"id\" as bigint) = " + rows.get(1));
    expected.put(rows.get(1), "DIFFERENT");
    assertThat(found()).as(this::toString).isEqualTo(expected);
  }

  private Map<Long, String> found() {
    VerifyReport report = stepsync.verify();
    assertThat(report.complete()).as(this::toString).isTrue();
    Map<Long, String> found = new TreeMap<>();
    report.differences().forEach(each -> found.put(each.id(), each.kind().name()));
    return found;
  }

  private NavigableMap<Long, Integer> good() {
    return source.good().headMap(maxId, true);
  }

  /** The most lanes that the stream ever had behind a run. */
  int mostLanes() {
    return mostLanes;
  }

  @Override
  public String toString() {
    return String.join("\n", events) + "\n";
  }
}
