package io.stepsync.camel;

import io.stepsync.RefreshSettings;
import io.stepsync.jdbc.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Brings the stream's table, where it has one, to what its settings say, before the first request
 * of a run.
 */
public final class PrepareTable implements Processor {

  private static final int MOST_TRIES = 5;

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    if (!run.getSettings().table().hasTable() || run.isDry()) {
      return;
    }
    try (Connection connection = DataSources.of(exchange.getContext()).getConnection()) {
      TargetTable table = new TargetTable(connection, run.getSettings().table());
      prepare(table);
      RefreshSettings refresh = run.getSettings().refresh();
      boolean soft = refresh.deletes() == RefreshSettings.Deletes.SOFT;
      run.writeThrough(
          table.upsertStatement(),
          refresh.idColumn() == null ? null : table.deleteStatement(refresh.idColumn(), soft));
    }
  }

  /** Another lane may make the same table or column at this moment. */
  private static void prepare(TargetTable table) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        table.prepare();
        return;
      } catch (SQLException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }
}
