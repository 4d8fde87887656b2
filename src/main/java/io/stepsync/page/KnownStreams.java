package io.stepsync.page;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.camel.StreamCheck;
import io.stepsync.camel.Trigger;
import java.util.Map;
import org.apache.camel.CamelContext;

/** The streams of a context, as they are now: it can take edited files over. Thread-safe. */
final class KnownStreams {

  private final CamelContext context;
  private volatile Map<String, StreamSettings> known;

  /**
   * Reads the streams for the first time.
   *
   * @throws SettingException if one has a wrong setting
   */
  KnownStreams(CamelContext context) {
    this.context = context;
    this.known = StreamCheck.check(context);
  }

  /** Returns their schedules, by their names. */
  Map<String, String> schedules() {
    return Trigger.schedules(context);
  }

  /** By their names, in alphabetical order. */
  Map<String, StreamSettings> now() {
    try {
      known = StreamCheck.check(context);
    } catch (SettingException e) {
      // In the middle of an edit what was known is what is shown.
    }
    return known;
  }
}
