package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.demo.DemoApi;
import io.stepsync.demo.DemoSettings;
import java.io.UncheckedIOException;
import org.apache.camel.CamelContext;

/** The demo API, where {@code stepsync.demo.enabled} is true. */
final class Demo implements AutoCloseable {

  private final DemoApi api;

  private Demo(DemoApi api) {
    this.api = api;
  }

  static Demo start(CamelContext context) {
    PropertyReader keys = new PropertyReader(context);
    return new Demo(keys.flag("stepsync.demo.enabled") ? DemoApi.start(settings(keys)) : null);
  }

  /** Refuses a wrong key, and serves nothing. */
  static void check(CamelContext context) {
    PropertyReader keys = new PropertyReader(context);
    keys.flag("stepsync.demo.enabled");
    DemoSettings unused = settings(keys);
  }

  /** As {@link #start}; where its port is in use, it is taken to be served by another stepsync. */
  static Demo startUnlessItRuns(CamelContext context) {
    try {
      return start(context);
    } catch (UncheckedIOException e) {
      return new Demo(null);
    }
  }

  private static DemoSettings settings(PropertyReader keys) {
    try {
      return new DemoSettings(
          keys.number("stepsync.demo.port", Integer::valueOf),
          keys.number("stepsync.demo.records", Long::valueOf),
          keys.number("stepsync.demo.gap-every", Integer::valueOf),
          keys.number("stepsync.demo.grow-per-second", Double::valueOf));
    } catch (IllegalArgumentException e) {
      throw new SettingException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (api != null) {
      api.close();
    }
  }
}
