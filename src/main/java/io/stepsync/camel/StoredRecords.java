package io.stepsync.camel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the run go over the records in the body's rows, which were refused before, and no others.
 */
public final class StoredRecords implements Processor {

  @Override
  public void process(Exchange exchange) {
    Map<Long, String> payloads = new LinkedHashMap<>();
    for (SqlRow row : SqlRow.all(exchange)) {
      payloads.put(row.number("id"), row.text("payload"));
    }
    Variables.run(exchange).goOver(payloads);
  }
}
