package io.stepsync.cli.dryrun;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.stepsync.StreamSettings;
import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.main.Standalone;
import io.stepsync.steps.TrialRun;
import io.stepsync.store.DataSources;
import io.stepsync.store.OwnTables;
import io.stepsync.store.budget.Budgets;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.store.letters.DeadLetterTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** The verb {@code plan}: what the next run of each stream would ask, and how long that takes. */
@Command(
    name = "plan",
    description = "Tells what the next run would ask, and how long it takes; writes nothing.")
public final class Plan implements Callable<Integer> {

  /** So many runs tell how long a window takes. */
  private static final int LAST_RUNS = 10;

  @Mixin private NamedStreams named;

  @Mixin private AsJson json;

  @Override
  public Integer call() throws Exception {
    Standalone standalone = new Standalone(Standalone.HERE);
    List<String> streams = standalone.named(named.names());
    return standalone.forTrial(
        (context, problem) -> {
          if (problem.isPresent()) {
            throw new IllegalStateException(problem.get());
          }
          List<StreamPlan> plans = new ArrayList<>();
          for (String name : streams) {
            plans.add(plan(context, standalone.streams().get(name)));
          }
          print(plans);
          boolean known = plans.stream().allMatch(plan -> plan.problem() == null);
          return known ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  private void print(List<StreamPlan> plans) {
    if (json.isAsked()) {
      System.out.print(Json.text(Map.of("streams", plans.stream().map(StreamPlan::json).toList())));
    } else {
      plans.forEach(plan -> System.out.print(plan.text()));
      plans.stream()
          .filter(plan -> plan.budget() != null && plan.budgetName() != null)
          .collect(groupingBy(StreamPlan::budgetName, TreeMap::new, toList()))
          .values()
          .stream()
          .filter(shared -> shared.size() > 1)
          .forEach(shared -> System.out.print(StreamPlan.together(shared)));
    }
  }

  static StreamPlan plan(CamelContext context, StreamSettings stream) {
    try (TrialRun trial = new TrialRun(context, stream)) {
      try {
        trial.startAtCheckpoint();
        boolean headKnown = trial.askHead().isPresent();
        DataSource database = DataSources.of(context);
        boolean isNew = OwnTables.areMissing(database);
        JdbcTemplate sql = new JdbcTemplate(database);
        long failed = isNew ? 0 : new DeadLetterTable(sql).failedFetches(stream.name());
        long once = failed + (stream.request().auth().needsToken() ? 1 : 0);
        OptionalLong checkpoint = trial.checkpoint();
        return new StreamPlan(
            stream,
            checkpoint.isPresent() ? checkpoint.getAsLong() : null,
            PlannedRun.of(stream, trial.plans(), headKnown, once),
            StreamPlan.Past.of(
                isNew ? List.of() : new StoredRuns(sql).endedSyncs(stream.name(), LAST_RUNS)),
            Budgets.of(context).limit(stream.name(), stream.request().retry()).orElse(null),
            null);
      } catch (Exception e) {
        return new StreamPlan(stream, null, null, null, null, trial.reason(e));
      }
    }
  }
}
