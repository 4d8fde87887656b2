package io.stepsync.camel;

import io.stepsync.RefreshSettings;
import io.stepsync.jdbc.TargetTable;
import java.sql.Connection;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Brings the stream's table, where it has one, to what its settings say, before the first request
 * of a run.
 */
public final class PrepareTable implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    if (!run.getSettings().table().hasTable() || run.isDry()) {
      return;
    }
    try (Connection connection = DataSources.of(exchange.getContext()).getConnection()) {
      TargetTable table = new TargetTable(connection, run.getSettings().table());
      table.prepare();
      RefreshSettings refresh = run.getSettings().refresh();
      boolean soft = refresh.deletes() == RefreshSettings.Deletes.SOFT;
      run.writeThrough(
          table.upsertStatement(),
          refresh.idColumn() == null ? null : table.deleteStatement(refresh.idColumn(), soft));
    }
  }
}
