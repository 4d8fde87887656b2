package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.http.ShownText;
import io.stepsync.run.Failures;
import io.stepsync.steps.firing.Firings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changes of route files over while stepsync runs. What the files hold is compared twice a
 * second, and taken when it stayed the same for that long: events of the file system would not come
 * from a network disk, from behind a symbolic link, or for a folder that was made a moment ago.
 *
 * <p>Used by one thread, of its own.
 */
public final class LiveRoutes implements StartupListener {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

  private static final long MILLIS_BETWEEN_LOOKS = 500;

  private final Path directory;
  private final CamelContext context;
  private final Properties properties;
  private RouteContents running;
  private RouteContents seen;
  private RouteContents decided;
  private boolean refused;
  private int looksInVain;

  private LiveRoutes(Path directory, CamelContext context, RouteContents running) {
    this.directory = directory;
    this.context = context;
    this.properties = context.getPropertiesComponent().loadProperties();
    this.running = running;
    this.seen = running;
    this.decided = running;
  }

  /**
   * Returns a stepsync that takes changes of its route files over while it runs.
   *
   * @throws SettingException if a setting is wrong, or a file cannot be read as routes
   */
  public static Standalone standalone(Path directory) throws Exception {
    RouteContents before = RouteContents.read(directory);
    Standalone standalone = new Standalone(directory);
    CamelContext context = standalone.context();
    if (Cluster.isEnabled(context)) {
      throw new SettingException("stepsync.cluster.enabled must be false with --dev, was true");
    }
    Firings.lookAfter(context);
    context.addStartupListener(new LiveRoutes(directory, context, before));
    return standalone;
  }

  @Override
  public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {}

  @Override
  public void onCamelContextFullyStarted(CamelContext started, boolean alreadyStarted) {
    LOG.info("changes under routes/ are taken over as they are saved");
    ScheduledFuture<?> unused =
        started
            .getExecutorServiceManager()
            .newSingleThreadScheduledExecutor(this, "stepsync-live-routes")
            .scheduleWithFixedDelay(
                this::look, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      RouteContents now = RouteContents.read(directory);
      boolean quiet = now.equals(seen);
      seen = now;
      if (quiet && !now.equals(decided)) {
        decided = now;
        decide(now);
      }
      looksInVain = 0;
    } catch (UncheckedIOException e) {
      lookedInVain(e);
    } catch (RuntimeException e) {
      LOG.error("the route files cannot be compared: {}", Failures.message(e));
    }
  }

  /** Once may be because a file is just being replaced. */
  private void lookedInVain(UncheckedIOException failure) {
    looksInVain++;
    if (looksInVain == 2) {
      LOG.error(
          "routes/ cannot be read: {}; what runs goes on as it is", Failures.message(failure));
    }
  }

  private void decide(RouteContents now) {
    if (!now.properties().equals(running.properties())) {
      LOG.warn("application.properties has changed: it is read at the next start alone");
      running = new RouteContents(running.files(), now.properties());
    }
    if (now.equals(running)) {
      healed();
      return;
    }
    String changes = ShownText.harmless(running.describeChangesTo(now));
    try {
      takeOver(now, changes);
      refused = false;
    } catch (SettingException e) {
      refused = true;
      if (!context.isStopping()) {
        LOG.error("{}: refused, {}; what runs goes on as it is", changes, e.getMessage());
      }
    }
  }

  /** A file that was refused is again as it was. */
  private void healed() {
    if (refused) {
      LOG.info("routes/ is again what runs");
    }
    refused = false;
  }

  private void takeOver(RouteContents now, String changes) {
    if (running.hasOwn() && !now.hasOwn()) {
      throw new SettingException("routes must hold at least one *.camel.yaml or *.camel.xml");
    }
    CamelContext checked = Standalone.toBeChecked(directory, properties).context();
    if (!RouteContents.read(directory).equals(now)) {
      decided = null;
      return;
    }
    swap(concerned(now, checked), now);
    running = now;
    LOG.info("{}: taken over", changes);
  }

  /** Streams' files concern nobody else; with any other, all is loaded again. */
  private Set<String> concerned(RouteContents now, CamelContext checked) {
    Set<String> changed = running.changesTo(now);
    boolean streamsOnly =
        changed.stream()
            .allMatch(
                location ->
                    isStream(location, running, context) && isStream(location, now, checked));
    if (streamsOnly) {
      return changed;
    }
    Set<String> all = new TreeSet<>(running.files().keySet());
    all.addAll(now.files().keySet());
    return all;
  }

  private static boolean isStream(String location, RouteContents contents, CamelContext loaded) {
    return !contents.has(location)
        || (contents.hasTrigger(location)
            && !RouteReplacement.streams(loaded, Set.of(location)).isEmpty());
  }

  /** What cannot be started is taken out again. */
  private void swap(Set<String> locations, RouteContents now) {
    RouteReplacement swap = new RouteReplacement(context);
    try {
      swap.replace(locations, now);
    } catch (Exception e) {
      takeBack(swap, locations);
      throw new SettingException(Failures.message(e), e);
    }
  }

  private void takeBack(RouteReplacement swap, Set<String> locations) {
    try {
      swap.replace(locations, running);
    } catch (Exception e) {
      if (!context.isStopping()) {
        LOG.error("routes are missing, start stepsync again: {}", Failures.message(e));
      }
    }
  }
}
