package io.stepsync.steps;

import java.time.InstantSource;
import org.apache.camel.CamelContext;

/** What tells the time to a Camel context's runs. */
final class Clocks {

  private static final String NAME = "stepsyncClock";

  private Clocks() {}

  /** Returns the bean {@code stepsyncClock}, such as one that a test moves; else the system's. */
  static InstantSource of(CamelContext context) {
    InstantSource own = context.getRegistry().lookupByNameAndType(NAME, InstantSource.class);
    return own == null ? InstantSource.system() : own;
  }
}
