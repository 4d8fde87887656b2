package io.stepsync.camel;

import io.stepsync.jdbc.WindowRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/** Makes one statement, with an array a column, out of the rows of the window at hand. */
public final class UpsertRows implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    WindowRows rows = exchange.getVariable(Variables.ROWS, WindowRows.class);
    Message message = exchange.getMessage();
    message.setBody(run.upsertStatement());
    message.setHeader(JdbcConstants.JDBC_PARAMETERS, parameters(rows.columnValues()));
  }

  private static Map<String, Object> parameters(List<Object[]> columns) {
    Map<String, Object> parameters = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      parameters.put("c" + i, columns.get(i));
    }
    return parameters;
  }
}
