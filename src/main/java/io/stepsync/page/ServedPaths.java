package io.stepsync.page;

/**
 * What a run serves.
 *
 * @param page the status page
 * @param metrics the meters of the context's registry, for Prometheus
 * @param health Camel's health checks, those of the streams among them
 * @param consoles Camel's own consoles
 */
public record ServedPaths(boolean page, boolean metrics, boolean health, boolean consoles) {

  /** Whether there is anything to serve. */
  public boolean isAnything() {
    return page || metrics || health || consoles;
  }
}
