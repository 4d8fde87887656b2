package io.stepsync.bench.rival;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.bench.database.Sql;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import io.stepsync.run.Run;
import io.stepsync.store.OwnTables;
import io.stepsync.store.RunStatus;
import io.stepsync.verify.VerifyReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultExchange;

/** stepsync: the routes in its jar, in a Camel of the embedder's own, with all their checks. */
final class StepsyncRoutes implements Verifying {

  private static final String ROUTES = "classpath:camel-template/*.camel.yaml";
  private static final String NOWHERE = "direct:bench-nowhere";

  private final Setup setup;
  private final HikariDataSource pool;
  private final String name;
  private final String table;
  private final Main main = new Main();
  private boolean tableIsThere;

  /**
   * Takes the default of fetchAhead where that is empty.
   *
   * @param thrownAway whether rows are made ready for the table, and thrown away instead
   */
  StepsyncRoutes(Setup setup, String name, OptionalInt fetchAhead, boolean thrownAway)
      throws Exception {
    this.name = "bench_" + name.replace('-', '_');
    this.setup = setup;
    pool = setup.database().pool(setup.database().url());
    try (Connection connection = pool.getConnection()) {
      Dialect dialect = Dialects.of(connection);
      table = dialect.quoted(this.name);
      OwnTables.migrate(pool);
    } catch (IllegalArgumentException e) {
      pool.close();
      throw new Skipped(e.getMessage());
    }
    main.configure().setName(this.name);
    main.configure().withRoutesIncludePattern(ROUTES);
    main.bind("pool", pool);
    main.configure().addLambdaRouteBuilder(routes -> routes.from(NOWHERE).setBody().constant(""));
    main.start();
    // it has no trigger, so it must not be there as the context starts
    main.getCamelContext()
        .getRegistry()
        .bind(
            this.name,
            StepsyncStream.of(setup, this.name, fetchAhead, thrownAway ? NOWHERE : null));
  }

  @Override
  public void empty() throws SQLException {
    if (tableIsThere) {
      Sql.execute(pool, setup.database().emptying(table));
    }
    rewind();
  }

  @Override
  public void rewind() throws SQLException {
    Sql.execute(
        pool,
        "DELETE FROM stepsync_state WHERE stream = '" + name + "'",
        "DELETE FROM stepsync_run WHERE stream = '" + name + "'");
  }

  @Override
  public Duration copy() throws Exception {
    Duration time = Rival.timed(this::run);
    tableIsThere = true;
    return time;
  }

  private void run() throws Exception {
    CamelContext context = main.getCamelContext();
    Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
    exchange.setVariable("stream", name);
    main.getCamelTemplate().send("direct:stepsync-run", exchange);
    Run run = exchange.getVariable("run", Run.class);
    if (exchange.isFailed() || run == null || run.getStatus() != RunStatus.CAUGHT_UP) {
      throw new IllegalStateException(
          "stepsync did not catch up: " + (run == null ? "no run" : run.getError().orElse("?")),
          exchange.getException());
    }
  }

  @Override
  public Duration verify() throws Exception {
    long rows = count();
    return Rival.timed(
        () -> {
          Exchange exchange = new DefaultExchange(main.getCamelContext(), ExchangePattern.InOut);
          exchange.setVariable("stream", name);
          main.getCamelTemplate().send("direct:stepsync-verify", exchange);
          VerifyReport report = exchange.getMessage().getBody(VerifyReport.class);
          if (exchange.isFailed() || !report.isEqual() || report.records() != rows) {
            throw new IllegalStateException(
                "stepsync did not verify: " + (report == null ? "" : report.getSummary()),
                exchange.getException());
          }
        });
  }

  @Override
  public long count() throws SQLException {
    return Sql.number(pool, "SELECT COUNT(*) FROM " + table);
  }

  @Override
  public void close() {
    main.stop();
    pool.close();
  }
}
