package io.stepsync.ops;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.SettingException;
import io.stepsync.camel.LaneTriggers;
import io.stepsync.camel.StreamCheck;
import io.stepsync.ops.cluster.Node;
import io.stepsync.ops.cluster.NodeSettings;
import io.stepsync.ops.cluster.PoolConnections;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.util.TimeUtils;

/** Whether and how this process is one of several that share the streams of a database. */
final class Cluster {

  private static final String PREFIX = "stepsync.cluster.";
  private static final String ENABLED = PREFIX + "enabled";
  private static final String NODE = PREFIX + "node";
  private static final String CHECK_IN = PREFIX + "check-in";
  private static final String THREADS = PREFIX + "threads";
  private static final int LONGEST_NAME = 100;

  private final Optional<NodeSettings> node;

  private Cluster(Optional<NodeSettings> node) {
    this.node = node;
  }

  /**
   * Reads and checks the keys of application.properties.
   *
   * @throws SettingException if a key is wrong, or the database cannot be shared
   */
  static Cluster of(CamelContext context) {
    if (!isEnabled(context)) {
      return new Cluster(Optional.empty());
    }
    String url = Database.shownUrl(context);
    if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:mariadb:")) {
      throw new SettingException(
          "stepsync.datasource.url must be of PostgreSQL or MariaDB with "
              + ENABLED
              + "=true, as machines cannot share a file, was "
              + url);
    }
    Keys keys = new Keys(context);
    return new Cluster(Optional.of(new NodeSettings(name(keys), checkIn(keys), threads(keys))));
  }

  static boolean isEnabled(CamelContext context) {
    return new Keys(context).flag(ENABLED);
  }

  /** Two nodes of one name would each take the runs of the other for broken off. */
  private static String name(Keys keys) {
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

  private static Duration checkIn(Keys keys) {
    String text = keys.text(CHECK_IN).strip();
    Duration checkIn = duration(text);
    if (checkIn.toMillis() < 1000) {
      throw new SettingException(CHECK_IN + " must be >= 1s, was " + text);
    }
    return checkIn;
  }

  private static Duration duration(String text) {
    try {
      return TimeUtils.toDuration(text);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new SettingException(CHECK_IN + " must be a duration such as 5s, was " + text, e);
    }
  }

  private static int threads(Keys keys) {
    int threads = keys.number(THREADS, Integer::valueOf);
    if (threads < 1) {
      throw new SettingException(THREADS + " must be >= 1, was " + threads);
    }
    return threads;
  }

  /**
   * Has {@code context}, which is not started, join the cluster as it starts, if there is one.
   *
   * @param ofItsOwn opens the connections that Quartz is to have, which closes them
   */
  void prepare(CamelContext context, DataSource pool, Supplier<HikariDataSource> ofItsOwn) {
    node.ifPresent(
        settings ->
            new Node(context, settings, StreamCheck.schedules(context), LaneTriggers.names(context))
                .prepare(pool, Database.shownUrl(context), new PoolConnections(ofItsOwn.get())));
  }
}
