package io.stepsync.store;

import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** What each Camel context has one of, among its beans. Thread-safe. */
public final class PerContext {

  private PerContext() {}

  /**
   * Returns that of {@code context}.
   *
   * @param maker makes it when it is first asked for
   */
  public static <T> T of(CamelContext context, Class<T> type, Function<CamelContext, T> maker) {
    Registry beans = context.getRegistry();
    String name = "stepsync" + type.getSimpleName();
    synchronized (type) {
      T there = beans.lookupByNameAndType(name, type);
      if (there == null) {
        there = maker.apply(context);
        beans.bind(name, there);
      }
      return there;
    }
  }
}
