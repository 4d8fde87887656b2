package io.stepsync.steps;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.jdbc.SqlFault;
import io.stepsync.run.Failures;
import io.stepsync.run.Lateness;
import io.stepsync.run.OpenWindow;
import io.stepsync.run.Run;
import io.stepsync.run.RunIdentity;
import io.stepsync.run.RunWatch;
import io.stepsync.run.StreamMemory;
import io.stepsync.steps.firing.FiringLane;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.SqlRow;
import io.stepsync.store.StoredLanes.LanesCutException;
import io.stepsync.store.StreamMoments;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The steps of routes/step-size-sync.camel.yaml, but for the window that is asked next. Each takes
 * the exchange of a firing, or of a run. Thread-safe.
 */
public final class RunSteps {

  /** Quartz's header for the values of a firing. */
  private static final String DATA = "mergedJobDataMap";

  /** A database that was away is there again for all streams at once, on each node. */
  private static final Duration PAUSE_FOR_DATABASE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger("io.stepsync.run");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Gives a firing of a stream's trigger that someone asked for the kind of run that they asked
   * for, a sync else. It is not passed over where the stream's runs have failed: whoever asks has
   * mended something. Without a trigger it is one of the lane in the variable {@code lane}, the
   * lowest if that is not set.
   */
  public void readKind(Exchange exchange) {
    FiringLane firing = FiringLane.of(exchange.getMessage());
    exchange.setVariable(
        ExchangeVariables.LANE,
        firing == null
            ? exchange.getVariable(ExchangeVariables.LANE, 0, Integer.class)
            : firing.lane());
    exchange.setVariable(ExchangeVariables.KIND, RunKind.SYNC.text());
    exchange.setVariable(ExchangeVariables.ASKED, RunKind.SYNC.text());
    exchange.setVariable(ExchangeVariables.LATENESS, lateness(exchange.getMessage()));
    exchange.setVariable(ExchangeVariables.FIRING, firing);
    Map<?, ?> data = exchange.getMessage().getHeader(DATA, Map.of(), Map.class);
    if (data.get(FiringLane.KIND) instanceof String kind) {
      exchange.setVariable(ExchangeVariables.KIND, RunKind.parse(kind).text());
      exchange.setVariable(ExchangeVariables.ASKED, RunKind.parse(kind).text());
    }
    if (data.containsKey(FiringLane.KIND) && !data.containsKey(FiringLane.ON_SCHEDULE)) {
      String stream = exchange.getVariable(ExchangeVariables.STREAM, String.class);
      int lane = exchange.getVariable(ExchangeVariables.LANE, 0, Integer.class);
      StreamMemory.of(exchange.getContext(), stream).succeeded(lane);
    }
  }

  /** Returns how late a firing by schedule is; null for one that nobody expected. */
  private static Lateness lateness(Message firing) {
    Date due = firing.getHeader("scheduledFireTime", Date.class);
    Date fired = firing.getHeader("fireTime", Date.class);
    return due == null
            || fired == null
            || !(firing.getHeader("trigger") instanceof CronTrigger cron)
            || !(firing.getHeader("scheduler") instanceof Scheduler scheduler)
        ? null
        : Lateness.of(
            due.toInstant(),
            Lateness.since(due.toInstant(), scheduler),
            Optional.ofNullable(cron.getFireTimeAfter(due)).map(Date::toInstant),
            fired.toInstant());
  }

  /**
   * Passes a firing of a stream's trigger over while it is paused, or has no lane for it, as the
   * rows in the body tell; while its runs have failed one after the other, or the stream is edited.
   */
  public void unlessPausing(Exchange exchange) {
    String stream = exchange.getVariable(ExchangeVariables.STREAM, String.class);
    StreamMemory memory = StreamMemory.of(exchange.getContext(), stream);
    int lane = exchange.getVariable(ExchangeVariables.LANE, 0, Integer.class);
    List<SqlRow> rows = rows(exchange);
    boolean paused = rows.stream().anyMatch(row -> row.text("kind").equals("pause"));
    memory.meters().paused(paused);
    if (memory.isNews(paused)) {
      LOG.atInfo()
          .addKeyValue("stream", stream)
          .log("{}: {}", stream, paused ? "paused, its trigger is passed over" : "resumed");
    }
    if (lane == 0 && exchange.getMessage().getBody() instanceof List<?>) {
      tellIfLate(exchange, stream, rows.stream().anyMatch(row -> row.text("kind").equals("late")));
    }
    if (paused || memory.isPausing(lane, Instant.now()) || !isThere(lane, rows)) {
      exchange.setRouteStop(true);
    }
  }

  /**
   * @param before whether the stream is known to be late
   */
  private static void tellIfLate(Exchange exchange, String stream, boolean before) {
    Lateness firing = exchange.getVariable(ExchangeVariables.LATENESS, Lateness.class);
    if (firing == null || firing.isLate() == before) {
      return;
    }
    StreamMoments late =
        StreamMoments.late(new JdbcTemplate(DataSources.of(exchange.getContext())));
    try {
      if (before && late.remove(stream)) {
        LOG.atInfo().addKeyValue("stream", stream).log("{}: in time again", stream);
      } else if (!before && late.add(stream, firing.since())) {
        LOG.atWarn()
            .addKeyValue("stream", stream)
            .log("{}: {}, as no thread was free (stepsync.threads)", stream, firing);
      }
    } catch (DataAccessException e) {
      LOG.debug("{}: whether it is late is not kept", stream, e);
    }
  }

  private static List<SqlRow> rows(Exchange exchange) {
    return exchange.getMessage().getBody() instanceof List<?> ? SqlRow.all(exchange) : List.of();
  }

  /** The lowest lane is made by its run. */
  private static boolean isThere(int lane, List<SqlRow> rows) {
    return lane == 0
        || rows.stream()
            .anyMatch(row -> row.text("kind").equals("sync") && lane < row.number("lanes"));
  }

  /** Makes the {@link Run} of the stream that the exchange variable {@code stream} names. */
  public void begin(Exchange exchange) {
    String name = exchange.getVariable(ExchangeVariables.STREAM, String.class);
    if (name == null) {
      throw new SettingException("the variable stream must be the name of a stream, was not set");
    }
    requireNoTransaction(name);
    Stream stream = exchange.getContext().getRegistry().lookupByNameAndType(name, Stream.class);
    if (stream == null) {
      throw new SettingException("stream " + name + ": there must be a bean of this name");
    }
    InstantSource clock = Clocks.of(exchange.getContext());
    RunKind kind = RunKind.parse(exchange.getVariable(ExchangeVariables.KIND, String.class));
    Run run =
        new Run(
            new RunIdentity(
                newId(Instant.now()),
                kind,
                exchange.getVariable(ExchangeVariables.LANE, 0, Integer.class),
                stream.checked(name),
                clock.instant(),
                NodeName.of(exchange.getContext())),
            StreamMemory.of(exchange.getContext(), name),
            clock);
    run.begin();
    exchange.setVariable(ExchangeVariables.RUN, run);
    exchange.getExchangeExtension().addOnCompletion(new GiveBack(run));
  }

  /**
   * Refuses to run a stream by a thread that has a transaction.
   *
   * @throws IllegalStateException if so
   */
  public static void requireNoTransaction(String stream) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "stream " + stream + ": a run must not be part of a transaction, as each window commits");
    }
  }

  /** A run that not even ended, such as by an error of the JVM, gives back what it holds. */
  private static final class GiveBack extends SynchronizationAdapter {
    private final Run run;

    GiveBack(Run run) {
      this.run = run;
    }

    @Override
    public void onDone(Exchange exchange) {
      run.requests().giveBack();
      run.requests().memory().end(run.getLane(), run.getId());
    }
  }

  private static String newId(Instant now) {
    return STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Makes the records of the current window, if it has some, the body, for the stream's sink. */
  public void toSink(Exchange exchange) {
    OpenWindow open = ExchangeVariables.run(exchange).open();
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(new SinkRecords(open.rows()));
    if (open.rows().rowCount() > 0) {
      open.beginSink();
    }
  }

  /**
   * Settles the current window after it was committed: the scan position moves on. When the Camel
   * context stops, or the stream is edited, the run ends here.
   */
  public void windowDone(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    run.windowDone();
    exchange.removeVariable(ExchangeVariables.ROWS); // the next answer needs their memory
    exchange.getMessage().setBody(null);
    run.requests().settled();
    RunWatch.of(exchange.getContext()).windowDone(run);
    if (exchange.getContext().isStopping()
        || run.requests().memory().isClosed()
        || ExchangeVariables.stopSignal(exchange).isGiven()) {
      run.pause();
    } else if (run.mayGiveWay() && isOtherDue(exchange)) {
      run.giveWay();
    }
  }

  /** Tells whether the trigger of the run's lane waits for it, so that it is to give way. */
  private static boolean isOtherDue(Exchange exchange) {
    FiringLane firing = exchange.getVariable(ExchangeVariables.FIRING, FiringLane.class);
    return firing != null && firing.isOtherDue(Instant.now());
  }

  /**
   * Notes why the run failed; nothing of the current window was written. That its lane was cut
   * again, or that it was told to stop, is no failure: the next run goes on.
   */
  public void failed(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = ExchangeVariables.run(exchange);
    if (ObjectHelper.getException(LanesCutException.class, cause) != null) {
      run.stopAsLanesAreCut();
      return;
    }
    if (ExchangeVariables.stopSignal(exchange).isGiven()
        && ObjectHelper.getException(InterruptedException.class, cause) != null) {
      run.breakOff();
      return;
    }
    run.fail(run.requests().masked(Failures.message(cause)));
    SQLException said = ExchangeVariables.databaseFailure(exchange);
    if (said != null && SqlFault.of(said) == SqlFault.PASSING) {
      run.endTries().onceMore(); // the database was waited for
      run.pauseAtMost(PAUSE_FOR_DATABASE);
    }
  }

  /**
   * Puts the lane that the trigger runs next into the variable {@code lane}, and takes it away
   * behind the last. There is another only while a stream has more lanes than triggers, because the
   * setting was lowered while all of them were half settled.
   */
  public void nextLane(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    FiringLane firing = exchange.getVariable(ExchangeVariables.FIRING, FiringLane.class);
    if (run.hasGivenWay() && run.getSettings().refresh().schedule() == null && firing != null) {
      firing.goOn(); // no later run would look whether one was begun
    }
    Integer next = run.laneBehind();
    if (next == null) {
      exchange.removeVariable(ExchangeVariables.LANE);
    } else {
      exchange.setVariable(ExchangeVariables.LANE, next);
      exchange.setVariable(
          ExchangeVariables.KIND, exchange.getVariable(ExchangeVariables.ASKED, String.class));
    }
  }
}
