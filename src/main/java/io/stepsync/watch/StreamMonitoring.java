package io.stepsync.watch;

import io.stepsync.StreamSettings;
import io.stepsync.camel.StreamsListener;
import io.stepsync.run.Meters;
import io.stepsync.run.StreamMemory;
import io.stepsync.store.history.StoredRuns;
import java.util.Collection;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.Registry;

/**
 * Tells of the streams of each Camel context where it asks for that: in its {@code MeterRegistry},
 * if it has one, and in its health, if it has that. Camel finds this class by itself.
 */
public final class StreamMonitoring implements ContextServicePlugin {

  private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

  @Override
  public void load(CamelContext context) {
    Registry registry = context.getRegistry();
    if (context.getClassResolver().resolveClass(METER_REGISTRY) != null) {
      registry.bind("stepsyncMeters", (Meters.Source) StreamMeters::in);
    }
    registry.bind("stepsyncMonitoring", (StreamsListener) StreamMonitoring::begin);
  }

  private static void begin(
      CamelContext context, Collection<StreamSettings> streams, DataSource dataSource) {
    StoredRuns runs = new StoredRuns(dataSource);
    for (StreamSettings stream : streams) {
      Meters meters = StreamMemory.of(context, stream.name()).meters();
      if (meters != Meters.NONE) {
        runs.caughtUp(stream.name()).ifPresent(meters::caughtUp);
      }
    }
    StreamHealths.addTo(context, dataSource);
  }
}
