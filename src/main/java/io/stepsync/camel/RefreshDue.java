package io.stepsync.camel;

import io.stepsync.StreamSettings;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.quartz.CronExpression;

/**
 * Makes the next run of the exchange a refresh, if one is due: one that was begun is not at its
 * end, or the schedule has fired since the last one ended, as the state row in the body tells.
 */
public final class RefreshDue implements Processor {

  @Override
  public void process(Exchange exchange) throws ParseException {
    Run run = Variables.run(exchange);
    StreamSettings settings = run.getSettings();
    SqlRow row = SqlRow.first(exchange);
    boolean begun = StateRow.checkpoint(row).currentId() > run.scan().initialId();
    Date next =
        new CronExpression(settings.refresh().schedule())
            .getNextValidTimeAfter(Date.from(instant(row.value("updated_at"))));
    boolean due = begun || (next != null && !next.toInstant().isAfter(Instant.now()));
    exchange.setVariable(Variables.KIND, (due ? RunKind.REFRESH : RunKind.SYNC).text());
  }

  private static Instant instant(Object timestamp) {
    return timestamp instanceof OffsetDateTime moment
        ? moment.toInstant()
        : ((Date) timestamp).toInstant();
  }
}
