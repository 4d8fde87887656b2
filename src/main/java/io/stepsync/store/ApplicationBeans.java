package io.stepsync.store;

import io.stepsync.SettingException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** Chooses one of an application's beans. */
public final class ApplicationBeans {

  private ApplicationBeans() {}

  /**
   * Returns the bean that {@code key} names, or the only one, or the one that the application
   * prefers, such as by Spring's {@code @Primary}.
   *
   * @param all the beans that would do, by their names
   * @throws SettingException if there is not exactly one
   */
  public static <T> T one(CamelContext context, String key, Class<T> type, Map<String, T> all) {
    Optional<String> name = context.getPropertiesComponent().resolveProperty(key);
    if (name.isPresent() && all.containsKey(name.get())) {
      return all.get(name.get());
    }
    if (name.isEmpty() && all.size() == 1) {
      return all.values().iterator().next();
    }
    T preferred = context.getRegistry().findSingleByType(type);
    if (name.isEmpty() && all.containsValue(preferred)) {
      return preferred;
    }
    throw new SettingException(
        all.isEmpty()
            ? "there must be a bean of type " + type.getName() + ", was none"
            : key + " must be one of " + all.keySet() + ", was " + name.orElse("not set"));
  }
}
