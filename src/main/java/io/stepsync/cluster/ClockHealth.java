package io.stepsync.cluster;

import io.stepsync.run.LaneName;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the node's clock still agreed with the database's when it was last read. Thread-safe. */
final class ClockHealth extends AbstractHealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ClockHealth.class);

  private final DatabaseClock clock;
  private volatile Optional<String> fault = Optional.empty();

  ClockHealth(DatabaseClock clock) {
    super(LaneName.GROUP, "cluster-clock");
    this.clock = clock;
  }

  /** Reads both clocks, and tells once when they do not agree any more. */
  void look() {
    boolean agreed = fault.isEmpty();
    fault = clock.fault();
    if (agreed) {
      fault.ifPresent(LOG::warn);
    }
  }

  @Override
  protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    fault.ifPresentOrElse(text -> result.message(text).down(), result::up);
  }
}
