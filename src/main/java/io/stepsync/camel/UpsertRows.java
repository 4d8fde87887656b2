package io.stepsync.camel;

import io.stepsync.jdbc.UpsertStatement;
import io.stepsync.jdbc.WindowRows;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/** Makes one statement out of the rows of the window at hand. */
public final class UpsertRows implements Processor {

  @Override
  public void process(Exchange exchange) throws SQLException {
    UpsertStatement statement = Variables.run(exchange).upsertStatement();
    WindowRows rows = exchange.getVariable(Variables.ROWS, WindowRows.class);
    Message message = exchange.getMessage();
    message.setBody(statement.sql());
    message.setHeader(JdbcConstants.JDBC_PARAMETERS, statement.parameters(rows));
    message.removeHeader(JdbcConstants.JDBC_UPDATE_COUNT);
  }
}
