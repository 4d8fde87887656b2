package io.stepsync.camel;

import io.stepsync.StreamSettings;
import java.util.Collection;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/**
 * Tells of the streams of a context where it asks for that: in its {@code MeterRegistry}, if there
 * is one, and in its health, if there is such a thing.
 */
final class StreamMonitoring {

  private StreamMonitoring() {}

  static void begin(
      CamelContext context, Collection<StreamSettings> streams, DataSource dataSource) {
    LastRuns runs = new LastRuns(dataSource);
    for (StreamSettings stream : streams) {
      Meters meters = StreamMemory.of(context, stream.name()).meters();
      if (meters != Meters.NONE) {
        runs.caughtUp(stream.name()).ifPresent(meters::caughtUp);
      }
    }
    StreamHealths.addTo(context, dataSource);
  }
}
