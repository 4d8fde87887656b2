package io.stepsync.api;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.camel.AddedStreams;
import io.stepsync.run.StreamMemory;
import io.stepsync.steps.ExchangeVariables;
import io.stepsync.steps.RouteCall;
import io.stepsync.steps.RunSteps;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.StateRows;
import io.stepsync.store.StreamMoments;
import io.stepsync.verify.VerifyReport;
import io.stepsync.verify.VerifyScope;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * stepsync in a Camel context that has started, which has its routes. Streams are named as their
 * beans are, those of files included; a name that no stream has is a {@link SettingException}.
 * Before the context has started and after it has stopped, each method is an {@link
 * IllegalStateException}.
 *
 * <p>Thread-safe. A thread that is interrupted stays so: {@link #run}, {@link #refresh} and {@link
 * #verify} then end at once if they wait for an answer, else after the window that is at work, and
 * the next run goes on there.
 */
public final class Stepsync {

  private final CamelContext context;
  private final AddedStreams streams;

  private Stepsync(CamelContext context) {
    this.context = context;
    this.streams = AddedStreams.of(context);
  }

  /** Returns stepsync in {@code context}. */
  public static Stepsync in(CamelContext context) {
    return new Stepsync(context);
  }

  /**
   * Adds a stream that runs when {@link #run} and {@link #refresh} are called, and at no other
   * time.
   *
   * @throws SettingException if a setting is wrong; then the context is as it was before
   */
  public void add(String name, Stream stream) {
    add(name, stream, null);
  }

  /**
   * Adds a stream that runs on a schedule too.
   *
   * @param schedule a Quartz cron expression
   * @throws SettingException if it or a setting is wrong; then the context is as it was before
   */
  public void add(String name, Stream stream, String schedule) {
    uninterrupted(
        () -> {
          streams.add(name, stream, schedule);
          return null;
        });
  }

  /**
   * Takes a stream out; its table, its checkpoint and its history stay. A run under way ends after
   * its current window, for which this waits.
   *
   * @throws InterruptedException if the context is being stopped, or the thread is interrupted
   */
  public void remove(String name) throws InterruptedException {
    streams.remove(name);
  }

  /**
   * Copies what is new in a stream, all its lanes side by side, and returns once that has ended,
   * however it did. It runs although the stream is paused, or its last runs failed.
   *
   * @throws IllegalStateException if it is called within a transaction, as each window commits
   */
  public RunResult run(String name) {
    return run(name, RunKind.SYNC);
  }

  /**
   * Reads all IDs below the checkpoint again, for rows that changed or were deleted; as {@link
   * #run}.
   */
  public RunResult refresh(String name) {
    return run(name, RunKind.REFRESH);
  }

  private RunResult run(String name, RunKind kind) {
    return started(
        name,
        stop -> {
          try {
            return RunResult.of(
                name,
                LaneRuns.of(context, name, kind, Map.of(ExchangeVariables.STOP_SIGNAL, stop)));
          } catch (StreamMemory.BusyException e) {
            return RunResult.of(name, List.of());
          }
        });
  }

  /**
   * Compares all rows of a stream with what the API has; as {@link #verify(String, VerifyScope)}.
   */
  public VerifyReport verify(String name) {
    return verify(name, VerifyScope.of(null, null, null));
  }

  /**
   * Compares the rows of a stream with what the API has, record by record, and returns what it
   * found once all has been looked at. It writes nothing but that, and can go on beside a run. One
   * that the API or the database breaks off tells why in {@link VerifyReport#error}.
   *
   * @param scope which IDs; all of them must be below the checkpoint
   * @throws SettingException if there is nothing to verify, or not these IDs
   */
  public VerifyReport verify(String name, VerifyScope scope) {
    return started(
        name,
        stop -> {
          Exchange exchange = RouteCall.exchange(context);
          exchange.setVariable(ExchangeVariables.STREAM, name);
          exchange.setVariable(ExchangeVariables.STOP_SIGNAL, stop);
          scope.ids().ifPresent(ids -> exchange.setVariable("ids", ids.toString()));
          if (scope.sample() > 0) {
            exchange.setVariable("sample", scope.sample());
            exchange.setVariable("seed", scope.seed());
          }
          RouteCall.send("direct:stepsync-verify", exchange);
          return exchange.getMessage().getMandatoryBody(VerifyReport.class);
        });
  }

  private <T> T started(String name, OwnThread.Work<T> work) {
    requireStarted(context.isStarted());
    ServiceStatus routes = context.getRouteController().getRouteStatus("stepsync-run");
    if (routes != null && !routes.isStarted()) {
      throw new IllegalStateException(
          "the routes of the Camel context must have started, stepsync-run was " + routes);
    }
    streams.require(name);
    RunSteps.requireNoTransaction(name);
    try {
      return OwnThread.of("stepsync-" + name, work);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("stream " + name + ": " + e.getMessage(), e);
    }
  }

  /** Returns the lowest ID that is not settled; nothing before the first run. */
  public OptionalLong checkpoint(String name) {
    return withTables(
        name,
        sql ->
            new StateRows(sql)
                .lanes(name)
                .map(lanes -> OptionalLong.of(lanes.checkpoint().currentId()))
                .orElse(OptionalLong.empty()));
  }

  /**
   * Has a stream's schedule passed over until it is resumed, restarts included; a run under way
   * goes on to its end.
   *
   * @return whether it was not paused before
   */
  public boolean pause(String name) {
    return withTables(name, sql -> StreamMoments.paused(sql).add(name));
  }

  /** Has a stream's schedule heeded again, and returns whether it was paused. */
  public boolean resume(String name) {
    return withTables(name, sql -> StreamMoments.paused(sql).remove(name));
  }

  private <T> T withTables(String name, Function<JdbcTemplate, T> work) {
    requireStarted(context.isStarted() || context.isSuspended());
    streams.require(name);
    return uninterrupted(() -> work.apply(new JdbcTemplate(DataSources.of(context))));
  }

  /** A driver may lose the interrupt of a thread, or be broken by it. */
  private static <T> T uninterrupted(Supplier<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      return work.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void requireStarted(boolean isStarted) {
    if (!isStarted) {
      throw new IllegalStateException("the Camel context must have started");
    }
  }
}
