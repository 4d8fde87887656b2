package io.stepsync.steps.verify;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.SqlFault;
import io.stepsync.run.Run;
import io.stepsync.steps.ExchangeVariables;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.store.history.VerifyReports;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.verify.RowComparison;
import io.stepsync.verify.RowDifference;
import io.stepsync.verify.RowDifference.Kind;
import io.stepsync.verify.Verification;
import io.stepsync.verify.VerifyReport;
import io.stepsync.verify.VerifyScope;
import io.stepsync.window.IdWindow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.jdbc.core.JdbcTemplate;

/** The steps of routes/verify.camel.yaml. Each takes the exchange of a verify. Thread-safe. */
public final class VerifySteps {

  private static final Logger LOG = LoggerFactory.getLogger("io.stepsync.run");
  private static final String VERIFICATION = "verification";

  /**
   * Begins to verify the stream that the exchange variable {@code stream} names: all of it, or the
   * variable {@code ids} says which ({@code 1-1000}), or {@code sample} how many windows, and
   * {@code seed} those of a sample before.
   *
   * @throws SettingException if there is nothing to verify, or the variables say what cannot be
   */
  public void begin(Exchange exchange) throws SQLException {
    CamelContext context = exchange.getContext();
    String name = exchange.getVariable(ExchangeVariables.STREAM, String.class);
    Stream stream = context.getRegistry().lookupByNameAndType(name, Stream.class);
    if (stream == null) {
      throw new SettingException("stream " + name + ": there must be a bean of this name");
    }
    VerifyScope scope =
        VerifyScope.of(
            exchange.getVariable("ids", String.class),
            exchange.getVariable("sample", Integer.class),
            exchange.getVariable("seed", Long.class));
    StreamSettings settings = stream.checked(name);
    SettledIds.require(DataSources.of(context), settings, scope.ids());
    exchange.setVariable(VERIFICATION, verification(context, settings, scope));
    exchange.setVariable(ExchangeVariables.KIND, RunKind.VERIFY.text());
    exchange.setVariable(ExchangeVariables.LANE, 0);
  }

  private static Verification verification(
      CamelContext context, StreamSettings stream, VerifyScope scope) throws SQLException {
    try (Connection connection = DataSources.of(context).getConnection()) {
      return new Verification(
          stream,
          scope,
          new RowComparison(connection, stream.name(), stream.table(), stream.columnOfIds()),
          Instant.now());
    }
  }

  /** Chooses which IDs of its lane the current run asks. */
  public void choose(Exchange exchange) {
    ExchangeVariables.run(exchange).verify(verification(exchange));
  }

  private static Verification verification(Exchange exchange) {
    return exchange.getVariable(VERIFICATION, Verification.class);
  }

  /** Compares the current window of a run with the table. */
  public void compare(Exchange exchange) throws SQLException {
    Run run = ExchangeVariables.run(exchange);
    Verification verification = run.getVerification();
    IdWindow window = run.open().written();
    try (Connection connection = DataSources.of(exchange.getContext()).getConnection()) {
      List<RowDifference> found =
          verification
              .comparison()
              .of(connection, window, run.open().rows(), run.requests()::masked);
      if (verification.isAgain()) {
        verification.comparedAgain(
            window, found, found.isEmpty() ? Set.of() : dead(exchange, run, window));
      } else {
        verification.compared(window, run.open().rows(), found);
      }
    } catch (SQLException e) {
      if (SqlFault.of(e) != SqlFault.TOO_LARGE) {
        throw e;
      }
      run.tooLarge(e);
      unanswered(verification, run, window);
    }
    if (verification.isEnough() && !verification.isAgain()) {
      verification.stopped();
      run.enough();
    }
  }

  /** A row alone that the database cannot compare is not asked in halves. */
  private static void unanswered(Verification verification, Run run, IdWindow window) {
    if (window.isSingle()) {
      List<RowDifference> found =
          List.of(new RowDifference(Kind.UNANSWERED, window.firstId(), List.of(), List.of()));
      if (verification.isAgain()) {
        verification.comparedAgain(window, found, Set.of());
      } else {
        verification.compared(window, run.open().rows(), found);
      }
    }
  }

  private static Set<Long> dead(Exchange exchange, Run run, IdWindow window) {
    return new DeadLetterTable(new JdbcTemplate(DataSources.of(exchange.getContext())))
        .ids(run.getStream(), window);
  }

  /** Asks for what differs once more; for nothing if there is no more of it. */
  public void askAgain(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    if (run.getStatus() == RunStatus.PAUSED) {
      return;
    }
    run.askAgain(verification(exchange).askAgain(run.getSettings().scan().stepSize()));
  }

  /** Notes how the current lane ended, and puts the next one into the variable {@code lane}. */
  public void endLane(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    run.end();
    Verification verification = verification(exchange);
    verification.endLane();
    if (run.getStatus() == RunStatus.FAILED) {
      verification.failed(run.getError().orElse("for no known reason"));
    } else if (run.getStatus() != RunStatus.CAUGHT_UP) {
      verification.stopped();
    }
    int next = run.getLane() + 1;
    boolean goesOn =
        run.getStatus() == RunStatus.CAUGHT_UP
            && next < run.getLaneCount()
            && !verification.isEnough();
    if (goesOn) {
      exchange.setVariable(ExchangeVariables.LANE, next);
    } else {
      exchange.removeVariable(ExchangeVariables.LANE);
    }
  }

  /** Keeps and tells what was found, and makes it the body. */
  public void end(Exchange exchange) {
    Verification verification = verification(exchange);
    JdbcTemplate sql = new JdbcTemplate(DataSources.of(exchange.getContext()));
    if (new StoredRuns(sql).caughtUp(verification.stream()).isEmpty()) {
      verification.neverCaughtUp();
    }
    VerifyReport report = verification.report(Instant.now());
    new VerifyReports(sql).save(report);
    LOG.atLevel(report.isEqual() ? Level.INFO : Level.WARN)
        .addKeyValue("stream", report.stream())
        .log("{} verify: {}", report.stream(), report.getSummary());
    exchange.getMessage().setBody(report);
  }
}
