package io.stepsync.camel;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Gives a firing of a stream's trigger that someone asked for the kind of run that they asked for.
 * It is not passed over where the stream's runs have failed: whoever asks has mended something.
 */
public final class ByHand implements Processor {

  /** Quartz's header for the values of a firing. */
  private static final String DATA = "mergedJobDataMap";

  private static final String KIND = "stepsyncKind";

  /** Returns the values with which the trigger is to be fired. */
  public static Map<String, String> data(RunKind kind) {
    return Map.of(KIND, kind.text());
  }

  @Override
  public void process(Exchange exchange) {
    exchange.setVariable(Variables.ASKED, RunKind.SYNC.text());
    Map<?, ?> data = exchange.getMessage().getHeader(DATA, Map.of(), Map.class);
    if (data.get(KIND) instanceof String kind) {
      exchange.setVariable(Variables.KIND, RunKind.parse(kind).text());
      exchange.setVariable(Variables.ASKED, RunKind.parse(kind).text());
      String stream = exchange.getVariable(Variables.STREAM, String.class);
      int lane = exchange.getVariable(Variables.LANE, 0, Integer.class);
      StreamMemory.of(exchange.getContext(), stream).succeeded(lane);
    }
  }
}
