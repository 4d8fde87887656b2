package io.stepsync.camel;

import io.stepsync.jdbc.JdbcCall;
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
    WindowRows rows = exchange.getVariable(Variables.ROWS, WindowRows.class);
    JdbcCall call = rows.writing(Variables.run(exchange).upsertStatement());
    Message message = exchange.getMessage();
    message.setBody(call.sql());
    message.setHeader(JdbcConstants.JDBC_PARAMETERS, call.parameters());
    message.removeHeader(JdbcConstants.JDBC_UPDATE_COUNT);
  }
}
