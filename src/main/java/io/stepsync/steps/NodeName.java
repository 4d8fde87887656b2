package io.stepsync.steps;

import org.apache.camel.CamelContext;

/**
 * The name of a Camel context as a node of a cluster, which the rows of its runs have. Thread-safe.
 */
public final class NodeName {

  private static final String OPTION = "stepsync.node";

  private NodeName() {}

  /** Names a context, before its first run. */
  public static void set(CamelContext context, String name) {
    context.getGlobalOptions().put(OPTION, name);
  }

  /** Returns the name of a context; null where it is no node. */
  static String of(CamelContext context) {
    return context.getGlobalOption(OPTION);
  }
}
