package io.stepsync.cli.dryrun;

import io.stepsync.StreamSettings;
import io.stepsync.http.ShownText;
import io.stepsync.store.budget.BudgetLimit;
import io.stepsync.store.history.StoredRun;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the next run of a stream.
 *
 * @param checkpoint null where there was no run yet
 * @param run null where there is a problem
 * @param past null where there is a problem
 * @param budget what its budget allows; null where it has none
 * @param problem why nothing is known; null where there is none
 */
record StreamPlan(
    StreamSettings stream,
    Long checkpoint,
    PlannedRun run,
    Past past,
    BudgetLimit budget,
    String problem) {

  /**
   * What the last syncs took.
   *
   * @param runs how many there are
   * @param secondsPerWindow the average; not a number where there is no run
   */
  record Past(int runs, double secondsPerWindow) {

    static Past of(List<StoredRun> runs) {
      double millis = runs.stream().mapToLong(StoredRun::durationMs).sum();
      long windows = runs.stream().mapToLong(StoredRun::windows).sum();
      return new Past(runs.size(), millis / 1000 / windows);
    }
  }

  private static final double YEAR = 365 * 86_400.0;

  /** What a window takes where none was asked yet. */
  private static final double PRESUMED_SECONDS = 0.1;

  String text() {
    if (problem != null) {
      return "%s%n  not known: %s%n".formatted(stream.name(), ShownText.harmless(problem));
    }
    String from = checkpoint == null ? "there was no run yet" : "checkpoint " + checkpoint;
    if (run.isNothing()) {
      return "%s%n  %s, nothing to ask%n".formatted(stream.name(), from);
    }
    return "%s%n".formatted(stream.name())
        + "  IDs       %s; %s%n".formatted(ids(), from)
        + lanes()
        + "  windows   %s%n".formatted(windows())
        + "  requests  %s, more where answers are cut or fail%n"
            .formatted(range(run.leastRequests(), run.mostRequests()))
        + atRate()
        + atBudget()
        + asBefore()
        + hopeless();
  }

  private String lanes() {
    Long most = run.longest().mostWindows();
    return run.lanes() < 2
        ? ""
        : "  lanes     %d, side by side%s%n"
            .formatted(run.lanes(), most == null ? "" : ", of " + most + " windows at most");
  }

  private String ids() {
    return run.lastId() == null
        ? "from %d on, up to maxGap (%d) IDs beyond the last record"
            .formatted(run.firstId(), stream.scan().maxGap())
        : "%d to %d, where %s ends it".formatted(run.firstId(), run.lastId(), run.end());
  }

  private String windows() {
    String least = run.leastWindows() + " if there is no record, ";
    if (run.mostWindows() != null) {
      return least + run.mostWindows() + " if none is empty";
    }
    return least
        + "one more for each %d IDs up to the last record%n            "
            .formatted(stream.scan().stepSize())
        + (run.lastId() == null
            ? "(its ID is not known without headUrl or maxId)"
            : "(as a guess)");
  }

  /** A run of more than a year is none that anyone wants. */
  private String hopeless() {
    double seconds = past.runs() == 0 ? PRESUMED_SECONDS : past.secondsPerWindow();
    double atRate = run.leastRequests() * Math.max(seconds, 1 / stream.request().retry().most());
    double whole = budget == null ? atRate : Math.max(atRate, budget.seconds(run.leastRequests()));
    return whole < YEAR
        ? ""
        : "  hopeless  as it is set: %s windows at least, about %s years; set initialId near the"
                .formatted(run.leastWindows(), number(Math.ceil(whole / YEAR)))
            + " first ID, or leave maxStepSize out%n".formatted();
  }

  private String atRate() {
    double most = stream.request().retry().most();
    return Double.isInfinite(most)
        ? ""
        : "  time      %s, at %s requests a second at most%n"
            .formatted(times(run.leastRequests(), run.mostRequests(), 1 / most), number(most));
  }

  private String atBudget() {
    return budgetName() == null
        ? ""
        : "  time      %s, with the budget %s (%s) for itself%n"
            .formatted(
                budgetTimes(budget, run.leastRequests(), run.mostRequests()),
                budgetName(),
                budget.text());
  }

  String budgetName() {
    return stream.request().retry().budget();
  }

  /** Returns how long all of these take that have a budget together. */
  static String together(List<StreamPlan> plans) {
    long least = 0;
    Long most = 0L;
    for (StreamPlan plan : plans) {
      least += plan.run.leastRequests();
      Long more = plan.run.mostRequests();
      most = most == null || more == null ? null : most + more;
    }
    BudgetLimit budget = plans.get(0).budget();
    return "budget %s (%s), all together%n".formatted(plans.get(0).budgetName(), budget.text())
        + "  requests  %s%n".formatted(range(least, most))
        + "  time      %s%n".formatted(budgetTimes(budget, least, most));
  }

  private static String budgetTimes(BudgetLimit budget, long least, Long most) {
    return between(budget.seconds(least), most == null ? null : budget.seconds(most));
  }

  private String asBefore() {
    return past.runs() == 0
        ? ""
        : "  time      %s, at the %s s a window of the last %s%n"
            .formatted(
                times(
                    run.longest().leastWindows(),
                    run.longest().mostWindows(),
                    past.secondsPerWindow()),
                number(past.secondsPerWindow()),
                past.runs() == 1 ? "run" : past.runs() + " runs");
  }

  /** Windows without a record can be more than those of which none is empty. */
  private static String range(long without, Long full) {
    if (full == null) {
      return "at least " + without;
    }
    return without == full
        ? "" + without
        : Math.min(without, full) + " to " + Math.max(without, full);
  }

  private static String times(long least, Long most, double seconds) {
    return between(least * seconds, most == null ? null : most * seconds);
  }

  private static String between(double without, Double full) {
    String shortest = time(full == null ? without : Math.min(without, full));
    String longest = full == null ? "" : time(Math.max(without, full));
    return full == null
        ? "at least " + shortest
        : shortest.equals(longest) ? shortest : shortest + " to " + longest;
  }

  private static String time(double seconds) {
    if (seconds < 120) {
      return number(seconds) + " s";
    }
    return seconds < 7200
        ? Math.round(seconds / 60) + " min"
        : seconds < 172_800
            ? Math.round(seconds / 3600) + " h"
            : Math.round(seconds / 86_400) + " days";
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("stream", stream.name());
    object.put("problem", problem);
    if (problem == null) {
      object.put("checkpoint", checkpoint);
      object.put("firstId", run.firstId());
      object.put("lastId", run.lastId());
      object.put("end", run.end());
      object.put("lanes", run.lanes());
      object.put("leastWindows", run.leastWindows());
      object.put("mostWindows", run.mostWindows());
      Long full = run.mostRequests();
      object.put(
          "leastRequests",
          full == null ? run.leastRequests() : Math.min(run.leastRequests(), full));
      object.put("mostRequests", full == null ? null : Math.max(run.leastRequests(), full));
      double rate = stream.request().retry().most();
      object.put("requestsPerSecond", Double.isInfinite(rate) ? null : rate);
      object.put("budget", budgetName());
      object.put("budgetLimit", budgetName() == null ? null : budget.text());
      object.put("secondsPerWindow", past.runs() == 0 ? null : past.secondsPerWindow());
      object.put("pastRuns", past.runs());
    }
    return object;
  }
}
