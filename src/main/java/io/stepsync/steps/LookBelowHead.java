package io.stepsync.steps;

import io.stepsync.SettingException;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.jdbc.UpsertTrial;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.run.Run;
import io.stepsync.store.DataSources;
import io.stepsync.window.IdWindow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The API's highest ID has fallen: tells whether its newest records were deleted, or its IDs were
 * reset. It asks for the records up to that ID: where most of them are what the table has, IDs mean
 * what they meant. Thread-safe.
 */
public final class LookBelowHead implements Processor {

  /** So many records are compared, if there are as many in so many windows. */
  private static final int MOST = 10;

  private final WindowRequest.Routes routes;

  /** Asks through the same routes as {@link FetchWindow#FetchWindow}. */
  public LookBelowHead(String fetch, String records, String transformed) {
    this.routes = new WindowRequest.Routes(fetch, records, transformed);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = ExchangeVariables.run(exchange);
    TableSettings table = run.getSettings().table().withoutVersion();
    if (table.hasTable()) {
      routes.fetchThrough(exchange.getContext(), run);
      compare(run, table, ask(run), exchange.getContext());
    }
  }

  /** No connection is held meanwhile, as a request may need one. */
  private static List<WindowRows> ask(Run run) throws Exception {
    long last = run.getHead();
    long first = run.getSettings().scan().initialId();
    long step = run.getSettings().scan().stepSize();
    long records = 0;
    List<WindowRows> answers = new ArrayList<>();
    while (answers.size() < MOST && records < MOST && last >= first) {
      IdWindow window = new IdWindow(Math.max(first, last - Math.min(step - 1, last)), last);
      WindowRows rows = run.requests().besides(window);
      answers.add(rows);
      records += rows.records();
      last = window.firstId() - 1;
    }
    return answers;
  }

  private static void compare(
      Run run, TableSettings table, List<WindowRows> answers, CamelContext context)
      throws SQLException {
    try (Connection connection = DataSources.of(context).getConnection()) {
      TargetTable target = new TargetTable(connection, table);
      if (!target.exists()) {
        return;
      }
      UpsertTrial trial = new UpsertTrial(connection, target.upsertStatement());
      long records = 0;
      long changes = 0;
      for (WindowRows rows : answers) {
        records += rows.records();
        changes += changes(trial, rows) + rows.records() - rows.rowCount();
      }
      run.lookedBelowHead(records, changes);
    }
  }

  private static long changes(UpsertTrial trial, WindowRows rows) throws SQLException {
    try {
      return trial.changesBy(rows);
    } catch (SQLException e) {
      throw new SettingException("the records below the API's highest ID: " + e.getMessage(), e);
    }
  }
}
