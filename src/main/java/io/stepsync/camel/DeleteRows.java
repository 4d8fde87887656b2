package io.stepsync.camel;

import io.stepsync.jdbc.DeleteStatement;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.IdWindow;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Makes a statement that deletes the rows which the answer lacks, in the range of IDs in the body.
 */
public final class DeleteRows implements Processor {

  @Override
  public void process(Exchange exchange) throws SQLException {
    DeleteStatement statement = Variables.run(exchange).deleteStatement();
    Message message = exchange.getMessage();
    IdWindow range = message.getBody(IdWindow.class);
    WindowRows rows = exchange.getVariable(Variables.ROWS, WindowRows.class);
    message.setHeader(JdbcConstants.JDBC_PARAMETERS, statement.parameters(range, rows));
    message.setBody(statement.sql());
  }
}
