package io.stepsync.camel;

import io.stepsync.SettingException;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Sets the parameters of the statement that finds the runs of a stream beyond the last. How many
 * are kept is told by the key {@code stepsync.history.runs}, 100 where it is not set; the last run
 * that was caught up stays in any case.
 */
public final class ForgetRuns implements Processor {

  private static final String KEY = "stepsync.history.runs";

  @Override
  public void process(Exchange exchange) {
    exchange
        .getMessage()
        .setHeader(
            JdbcConstants.JDBC_PARAMETERS,
            Map.of(
                "stream",
                Variables.run(exchange).getStream(),
                "lane",
                Variables.run(exchange).getLane(),
                "newer",
                kept(exchange.getContext()) - 1));
  }

  /**
   * Returns how many runs of a stream are kept.
   *
   * @throws SettingException if the key is set to something else than a number >= 1
   */
  static int kept(CamelContext context) {
    String text = context.resolvePropertyPlaceholders("{{" + KEY + ":100}}").strip();
    if (!text.matches("0*[1-9]\\d{0,8}")) {
      throw new SettingException(KEY + " must be a whole number >= 1, was " + text);
    }
    return Integer.parseInt(text);
  }
}
