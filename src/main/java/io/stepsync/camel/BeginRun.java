package io.stepsync.camel;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes the {@link Run} of the stream that the exchange variable {@code stream} names. */
public final class BeginRun implements Processor {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Override
  public void process(Exchange exchange) {
    String name = exchange.getVariable(Variables.STREAM, String.class);
    Stream stream = exchange.getContext().getRegistry().lookupByNameAndType(name, Stream.class);
    if (stream == null) {
      throw new SettingException("stream " + name + ": there must be a bean of this name");
    }
    RunKind kind = RunKind.parse(exchange.getVariable(Variables.KIND, String.class));
    Run run =
        new Run(
            newId(Instant.now()),
            kind,
            exchange.getVariable(Variables.LANE, 0, Integer.class),
            stream.checked(name),
            StreamMemory.of(exchange.getContext(), name),
            InstantSource.system());
    run.startsOn(NodeName.of(exchange.getContext()));
    WindowRequest request = new WindowRequest(exchange.getContext(), run);
    run.requests()
        .fetchThrough(
            new FetchAhead(exchange.getContext(), request, run.getSettings().fetchAhead()));
    exchange.setVariable(Variables.RUN, run);
    run.meters().runBegins();
  }

  private static String newId(Instant now) {
    return STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
