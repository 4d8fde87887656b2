package io.stepsync.camel;

import io.stepsync.jdbc.TargetTable;
import java.sql.Connection;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Brings the stream's table to what its settings say, before the first request of a run. */
public final class PrepareTable implements Processor {

  private static final String DATA_SOURCE = "stepsyncDataSource";

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    try (Connection connection = dataSource(exchange.getContext()).getConnection()) {
      TargetTable table = new TargetTable(connection, run.getSettings().table());
      table.prepare();
      run.writeThrough(table.upsertStatement());
    }
  }

  private static DataSource dataSource(CamelContext context) {
    DataSource found = context.getRegistry().lookupByNameAndType(DATA_SOURCE, DataSource.class);
    if (found == null) {
      throw new IllegalStateException("there must be a javax.sql.DataSource bean " + DATA_SOURCE);
    }
    return found;
  }
}
