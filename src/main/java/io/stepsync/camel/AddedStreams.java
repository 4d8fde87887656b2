package io.stepsync.camel;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.store.PerContext;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.ObjectHelper;

/**
 * The streams of a Camel context that runs: each is added whole or not at all. Thread-safe; one is
 * added or removed at a time.
 */
public final class AddedStreams {

  private final CamelContext context;
  private final ReentrantLock turn = new ReentrantLock();

  private AddedStreams(CamelContext context) {
    this.context = context;
  }

  /** Returns those of {@code context}. */
  public static AddedStreams of(CamelContext context) {
    return PerContext.of(context, AddedStreams.class, AddedStreams::new);
  }

  /**
   * Adds a stream.
   *
   * @param schedule a Quartz cron expression; null for none
   * @throws SettingException naming the stream, the rule and the value
   */
  public void add(String name, Stream stream, String schedule) {
    if (!context.isStarted()) {
      throw new IllegalStateException(
          "the Camel context must have started; before that, a stream is a bean and a"
              + " templatedRoute");
    }
    if (stream == null) {
      throw new SettingException("stream " + name + ": there must be a Stream, was null");
    }
    stream.checked(name);
    turn.lock();
    try {
      requireFree(name);
      if (schedule != null) {
        StreamCheck.checkCron(name, "schedule", schedule);
        SilentSchedules.refuse(name, schedule);
      }
      context.getRegistry().bind(name, stream);
      try {
        start(name, schedule);
      } catch (Exception e) {
        takeOut(name);
        SettingException refusal = ObjectHelper.getException(SettingException.class, e);
        throw refusal != null
            ? refusal
            : new IllegalStateException("stream " + name + ": " + e.getMessage(), e);
      }
    } finally {
      turn.unlock();
    }
  }

  private void requireFree(String name) {
    if (context.getRegistry().lookupByName(name) != null) {
      throw new SettingException("stream " + name + ": there must be no other bean of this name");
    }
    if (model().getRouteDefinition(triggerId(name)) != null) {
      throw new SettingException(
          "stream " + name + ": there must be no other route " + triggerId(name));
    }
  }

  private void start(String name, String schedule) throws Exception {
    if (schedule == null) {
      UnscheduledStreams.of(context).add(name);
      new StreamCheck().onCamelContextStarted(context, true);
    } else {
      TemplatedRouteBuilder.builder(context, "step-size-sync")
          .routeId(triggerId(name))
          .parameter("stream", name)
          .parameter("schedule", schedule)
          .add();
    }
  }

  private static String triggerId(String name) {
    return name + "-sync";
  }

  /**
   * Removes a stream; a run under way ends after its window, for which this waits.
   *
   * @throws SettingException if there is none of this name
   * @throws InterruptedException if the context is being stopped, or the thread is interrupted
   */
  public void remove(String name) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      require(name);
      try (StreamEdit edit = new StreamEdit(context, List.of(name))) {
        edit.awaitRuns(
            Trigger.routes(context, List.of(name)).stream()
                .map(RouteDefinition::getRouteId)
                .toList());
        takeOut(name);
      }
    } finally {
      turn.unlock();
    }
  }

  private void takeOut(String name) {
    try {
      model().removeRouteDefinitions(Trigger.routes(context, List.of(name)));
    } catch (Exception e) {
      throw new IllegalStateException("stream " + name + ": its trigger cannot be removed", e);
    } finally {
      UnscheduledStreams.of(context).remove(name);
      context.getRegistry().unbind(name);
    }
  }

  private Model model() {
    return context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /**
   * Refuses the name of a stream that there is not.
   *
   * @throws SettingException naming those that there are
   */
  public void require(String name) {
    Map<String, Stream> all = context.getRegistry().findByTypeWithName(Stream.class);
    if (!all.containsKey(name)) {
      throw new SettingException(Suggestion.unknownStream(name, new TreeSet<>(all.keySet())));
    }
  }
}
