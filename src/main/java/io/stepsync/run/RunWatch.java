package io.stepsync.run;

import org.apache.camel.CamelContext;

/**
 * Watches runs as they go on, in the place of the line that is logged each ten seconds: a bean of
 * this type in the registry of a Camel context.
 */
public interface RunWatch {

  /** A window of {@code run} is settled; called by the run's thread. */
  void windowDone(Run run);

  /** Returns the watch of a context; that of the log where it has none. */
  static RunWatch of(CamelContext context) {
    RunWatch watch = context.getRegistry().findSingleByType(RunWatch.class);
    return watch == null ? Run::tellProgress : watch;
  }
}
