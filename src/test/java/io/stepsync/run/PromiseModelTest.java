package io.stepsync.run;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.run.PromiseModel.Fault;
import io.stepsync.run.PromiseModel.Rules;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised of records, played through whole (docs/correctness.md). */
class PromiseModelTest {

  private static final ExecutorService PLAYERS =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

  /** All are played side by side, while the tests look at one after the other. */
  private static final Map<String, Future<Played>> PLAYED =
      rules()
          .map(Arguments::get)
          .collect(
              toMap(rules -> (String) rules[0], rules -> PLAYERS.submit(() -> played(rules[1]))));

  /** What came of all histories of some rules: the one that breaks the promise, if one does. */
  private record Played(List<String> broken, long moments) {}

  private static Played played(Object rules) {
    PromiseModel model = new PromiseModel((Rules) rules);
    List<String> broken = model.play().orElse(List.of());
    return new Played(broken, model.moments());
  }

  @AfterAll
  static void end() {
    PLAYERS.shutdownNow();
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("records come while two runs ask", new Rules(6, 2)),
        Arguments.of("records come while two runs ask for one ID each time", new Rules(6, 1)),
        Arguments.of("records come while two runs ask for half at a time", new Rules(6, 3)),
        Arguments.of("one record is late", new Rules(4, 2).late(1, 2)),
        Arguments.of("two records are late", new Rules(3, 3).late(2, 2)),
        Arguments.of(
            "one is late, the clock is set back", new Rules(3, 3).late(1, 2).settingBack()),
        Arguments.of("one is late, others stay unused", new Rules(4, 4).late(1, 2).withHoles()),
        Arguments.of("a window is asked ahead", new Rules(5, 1).ahead(1)),
        Arguments.of("one is late, a window is asked ahead", new Rules(3, 1).ahead(1).late(1, 2)),
        Arguments.of("two lanes", new Rules(6, 2).lanes(2).runs(1)),
        Arguments.of("two lanes with two runs each", new Rules(4, 2).lanes(2)),
        Arguments.of("two lanes, one is late", new Rules(4, 2).lanes(2).runs(1).late(1, 2)),
        Arguments.of("a lane is cut", new Rules(4, 1).runs(1).cutAgain(1)),
        Arguments.of("two lanes are cut again", new Rules(4, 1).lanes(2).runs(1).cutAgain(1)),
        Arguments.of(
            "two lanes of two IDs are cut again", new Rules(4, 2).lanes(2).runs(1).cutAgain(1)),
        Arguments.of(
            "lanes are cut again, one record is late",
            new Rules(3, 1).lanes(2).runs(1).cutAgain(1).late(1, 2)),
        Arguments.of("lanes are cut twice", new Rules(3, 1).runs(1).cutAgain(2)),
        Arguments.of(
            "lanes are cut again, IDs stay unused",
            new Rules(3, 1).withHoles().lanes(2).runs(1).cutAgain(1)),
        Arguments.of(
            "lanes are cut again, answers have one record",
            new Rules(4, 2).cappedAtRecords(1).lanes(2).runs(1).cutAgain(1)),
        Arguments.of("answers have one record", new Rules(6, 6).cappedAtRecords(1)),
        Arguments.of("answers have two records", new Rules(6, 6).cappedAtRecords(2)),
        Arguments.of("answers have three records", new Rules(6, 6).cappedAtRecords(3)),
        Arguments.of("two records, one twice", new Rules(6, 6).cappedAtRecords(2).twice(1)),
        Arguments.of("two IDs, one twice", new Rules(6, 6).cappedAtIds(2).twice(1)),
        Arguments.of("three IDs, one twice", new Rules(6, 3).cappedAtIds(3).twice(2)),
        Arguments.of("wide windows are refused", new Rules(6, 1).withHoles().refusingAbove(1)),
        Arguments.of("two IDs are too wide", new Rules(6, 2).withHoles().refusingAbove(1)),
        Arguments.of(
            "wide windows are answered with nothing",
            new Rules(6, 1).startingWithOne().withHoles().tellingNothingAbove(1)),
        Arguments.of("IDs are sparse", new Rules(6, 1).withHoles().sparse(4)),
        Arguments.of("IDs were sparse", new Rules(6, 1).sparse(4)),
        Arguments.of("IDs are sparse, one is late", new Rules(4, 1).late(1, 2).sparse(4)),
        Arguments.of(
            "IDs are sparse, answers have two records",
            new Rules(6, 1).withHoles().cappedAtRecords(2).sparse(4)),
        Arguments.of(
            "IDs are sparse, wide windows are refused",
            new Rules(6, 1).withHoles().refusingAbove(2).sparse(4)),
        Arguments.of(
            "IDs are sparse, wide windows are answered with nothing",
            new Rules(6, 1).startingWithOne().withHoles().tellingNothingAbove(1).sparse(4)),
        Arguments.of("IDs are sparse, two lanes", new Rules(6, 1).lanes(2).runs(1).sparse(4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void no_history_breaks_the_promise(String name, Rules rules) throws Exception {
    Played played = PLAYED.get(name).get();
    List<String> broken = played.broken();
    System.out.println(name + ": " + played.moments() + " moments");
    assertThat(broken).as(String.join("\n", broken)).isEmpty();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            "what a run passed is not asked again",
            new Rules(4, 2).withoutSettling(),
            "1..2 is empty"),
        Arguments.of(
            "what was unused is not asked again",
            new Rules(4, 4).late(1, 1).withoutSettling(),
            "settleAfter passes"),
        Arguments.of(
            "answers are measured by their records alone",
            new Rules(5, 5).cappedAtIds(2).twice(1).with(Fault.RECORDS_ALONE),
            "is written; the run is caught up"),
        Arguments.of(
            "the checkpoint moves to a window's end",
            new Rules(4, 2).with(Fault.CHECKPOINT_AT_END),
            "4 is lost"),
        Arguments.of(
            "what is young dies with the run",
            new Rules(4, 2).with(Fault.YOUNG_FORGOTTEN),
            "the run dies"),
        Arguments.of(
            "an answer that was asked ahead counts from when it is used",
            new Rules(4, 2).ahead(1).late(1, 2).with(Fault.ASKED_WHEN_USED),
            "is asked ahead"),
        Arguments.of(
            "an empty answer to a wide window is believed",
            new Rules(6, 1)
                .startingWithOne()
                .withHoles()
                .tellingNothingAbove(1)
                .with(Fault.WIDE_BELIEVED),
            "is empty"),
        Arguments.of(
            "what is young is not kept when lanes are cut",
            new Rules(4, 1).late(1, 2).runs(1).cutAgain(1).with(Fault.YOUNG_LEFT_AT_CUT),
            "are cut into"),
        Arguments.of(
            "rows are written after the checkpoint",
            new Rules(4, 2).with(Fault.ROWS_LATER),
            "before its rows are"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void a_mistake_is_found_with_its_shortest_history(String name, Rules rules, String step) {
    List<String> broken = new PromiseModel(rules).play().orElse(List.of());
    System.out.println(name + ":\n  " + String.join("\n  ", broken));
    assertThat(String.join("\n", broken)).contains(step).endsWith("is lost");
  }
}
