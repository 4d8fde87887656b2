package io.stepsync.main;

import io.stepsync.page.PageSettings;
import io.stepsync.page.ServedPaths;
import io.stepsync.page.StatusPage;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** The status page, metrics and health, where their keys are true. */
public final class Page {

  private static final String PREFIX = "stepsync.page.";

  private Page() {}

  /**
   * Has the page served once {@code context} starts, or at once if it is started.
   *
   * @throws io.stepsync.SettingException if a key is wrong
   */
  public static Optional<StatusPage> serve(CamelContext context) throws Exception {
    PropertyReader keys = new PropertyReader(context);
    ServedPaths served = Monitoring.prepare(context);
    return served.isAnything()
        ? Optional.of(StatusPage.serve(context, settings(keys), served))
        : Optional.empty();
  }

  /** Refuses a wrong key, and serves nothing. */
  static void check(CamelContext context) {
    PropertyReader keys = new PropertyReader(context);
    boolean any = false;
    for (String served : List.of("page", "metrics", "health", "consoles")) {
      any |= keys.flag("stepsync." + served + ".enabled");
    }
    PageSettings unused =
        any
            ? settings(keys)
            : new PageSettings("127.0.0.1", port(keys), "", "", ""); // as nobody could see it
  }

  private static int port(PropertyReader keys) {
    return keys.number(PREFIX + "port", Integer::valueOf);
  }

  private static PageSettings settings(PropertyReader keys) {
    return new PageSettings(
        keys.text(PREFIX + "host").strip(),
        port(keys),
        keys.text(PREFIX + "name").strip(),
        keys.text(PREFIX + "user"),
        keys.text(PREFIX + "password"));
  }
}
