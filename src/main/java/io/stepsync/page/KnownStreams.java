package io.stepsync.page;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.camel.StreamCheck;
import io.stepsync.camel.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;

/** The streams of a context, as they are now: it can take edited files over. Thread-safe. */
final class KnownStreams {

  private final CamelContext context;
  private volatile Known known;

  /**
   * What was known.
   *
   * @param from the routes and streams of which it was checked
   */
  private record Known(List<Object> from, Map<String, StreamSettings> streams) {

    /** Whoever edits a stream replaces it, and its routes. */
    boolean isOf(List<Object> objects) {
      return from.size() == objects.size()
          && IntStream.range(0, from.size()).allMatch(i -> from.get(i) == objects.get(i));
    }
  }

  /**
   * Reads the streams for the first time.
   *
   * @throws SettingException if one has a wrong setting
   */
  KnownStreams(CamelContext context) {
    this.context = context;
    this.known = check(objects());
  }

  /** Returns their schedules, by their names. */
  Map<String, String> schedules() {
    return Trigger.schedules(context);
  }

  /** By their names, in alphabetical order. */
  Map<String, StreamSettings> now() {
    List<Object> objects = objects();
    if (!known.isOf(objects)) {
      try {
        known = check(objects);
      } catch (SettingException e) {
        // In the middle of an edit what was known is what is shown.
      }
    }
    return known.streams();
  }

  private Known check(List<Object> objects) {
    return new Known(objects, StreamCheck.check(context));
  }

  private List<Object> objects() {
    List<Object> objects = new ArrayList<>();
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    objects.addAll(model.getRouteDefinitions());
    objects.addAll(context.getRegistry().findByType(Stream.class));
    return objects;
  }
}
