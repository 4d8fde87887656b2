package io.stepsync.main;

import io.stepsync.DurationText;
import io.stepsync.SettingException;
import io.stepsync.camel.FairJobStore;
import io.stepsync.camel.LaneTriggers;
import io.stepsync.camel.LateTriggers;
import io.stepsync.camel.Trigger;
import io.stepsync.cluster.Node;
import io.stepsync.cluster.NodeSettings;
import io.stepsync.cluster.PoolConnections;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.CamelContext;

/** Whether and how this process is one of several that share the streams of a database. */
final class Cluster {

  private static final String PREFIX = "stepsync.cluster.";
  private static final String ENABLED = PREFIX + "enabled";
  private static final String NODE = PREFIX + "node";
  private static final String CHECK_IN = PREFIX + "check-in";
  private static final String THREADS = PREFIX + "threads";
  private static final String ALONE = "stepsync.threads";
  private static final int LONGEST_NAME = 100;

  private final Optional<NodeSettings> node;
  private final int threads;

  /**
   * @param threads so many streams run at once where there is no cluster
   */
  private Cluster(Optional<NodeSettings> node, int threads) {
    this.node = node;
    this.threads = threads;
  }

  /**
   * Reads and checks the keys of application.properties.
   *
   * @throws SettingException if a key is wrong, or the database cannot be shared
   */
  static Cluster of(CamelContext context) {
    PropertyReader keys = new PropertyReader(context);
    int threads = threads(keys, ALONE);
    NodeSettings settings = new NodeSettings(name(keys), checkIn(keys), threads(keys, THREADS));
    if (!isEnabled(context)) {
      return new Cluster(Optional.empty(), threads);
    }
    String url = Database.shownUrl(context);
    if (Dialects.find(url).flatMap(Dialect::quartzScript).isEmpty()) {
      throw new SettingException(
          "stepsync.datasource.url must be of "
              + Dialects.names(dialect -> dialect.quartzScript().isPresent())
              + " with "
              + ENABLED
              + "=true, as machines cannot share a file, was "
              + url);
    }
    return new Cluster(Optional.of(settings), threads);
  }

  static boolean isEnabled(CamelContext context) {
    return new PropertyReader(context).flag(ENABLED);
  }

  /** Two nodes of one name would each take the runs of the other for broken off. */
  private static String name(PropertyReader keys) {
    String name = keys.text(NODE).strip();
    if (name.length() > LONGEST_NAME) {
      throw new SettingException(
          NODE + " must have at most " + LONGEST_NAME + " characters, had " + name.length());
    }
    return (name.isEmpty() ? host() : name) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }

  private static Duration checkIn(PropertyReader keys) {
    String text = keys.text(CHECK_IN).strip();
    Duration checkIn = duration(text);
    if (checkIn.toMillis() < 1000) {
      throw new SettingException(CHECK_IN + " must be >= 1s, was " + text);
    }
    return checkIn;
  }

  private static Duration duration(String text) {
    try {
      return DurationText.parse(CHECK_IN, text);
    } catch (IllegalArgumentException e) {
      throw new SettingException(e.getMessage(), e);
    }
  }

  private static int threads(PropertyReader keys, String key) {
    int threads = keys.number(key, Integer::valueOf);
    if (threads < 1) {
      throw new SettingException(key + " must be >= 1, was " + threads);
    }
    return threads;
  }

  /**
   * Has {@code context}, which is not started, join the cluster of its database, or run its streams
   * alone, if there is none.
   */
  void join(CamelContext context, Database database) {
    LateTriggers.watch(context);
    node.ifPresentOrElse(
        settings ->
            new Node(context, settings, Trigger.schedules(context), LaneTriggers.names(context))
                .prepare(
                    database.pool(),
                    Database.dialect(context).quartzScript().orElseThrow(),
                    new PoolConnections(database.openForQuartz())),
        () -> FairJobStore.use(context, threads));
  }
}
