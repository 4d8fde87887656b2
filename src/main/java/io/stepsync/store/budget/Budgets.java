package io.stepsync.store.budget;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.http.RetrySettings;
import io.stepsync.store.ApplicationDataSource;
import io.stepsync.store.OwnTables;
import io.stepsync.store.PerContext;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/**
 * The budgets of a Camel context: those that properties define, {@code stepsync.budget.shop=2/s},
 * and streams name, and those that a stream has of its own by {@code clusterRequestsPerSecond}.
 * They cost nothing where a stream has none, and need bucket4j only where one has.
 *
 * <p>Thread-safe.
 */
public final class Budgets {

  /** What the properties begin with; the budget's name is behind it. */
  public static final String PREFIX = "stepsync.budget.";

  private static final String LIBRARY = "io.github.bucket4j.Bucket";

  private final CamelContext context;
  private final Map<String, Budget> byKey = new ConcurrentHashMap<>();

  private Budgets(CamelContext context) {
    this.context = context;
  }

  /** Returns those of {@code context}. */
  public static Budgets of(CamelContext context) {
    return PerContext.of(context, Budgets.class, Budgets::new);
  }

  /**
   * Refuses budgets that no property defines, properties that define none that can be read, and
   * settings that need what is not there.
   *
   * @param suggestion what somebody may have meant who wrote a name that is not one of these
   * @throws SettingException naming the stream or the property, the rule and the value
   */
  public void check(
      Collection<StreamSettings> streams,
      BiFunction<String, Collection<String>, String> suggestion) {
    defined().forEach(this::parsed);
    for (StreamSettings stream : streams) {
      limit(stream.name(), stream.request().retry(), suggestion)
          .filter(limit -> context.getClassResolver().resolveClass(LIBRARY) == null)
          .ifPresent(
              limit -> {
                throw new SettingException(
                    "stream "
                        + stream.name()
                        + ": "
                        + (stream.request().retry().budget() == null
                            ? "clusterRequestsPerSecond"
                            : "budget")
                        + " needs bucket4j_jdk17-core on the class path");
              });
    }
  }

  /**
   * Returns the names of the budgets that properties define and no stream names; where properties
   * cannot be listed, none.
   */
  public Set<String> unnamed(Collection<StreamSettings> streams) {
    Set<String> names = defined();
    streams.forEach(
        stream -> names.removeIf(name -> name.equals(stream.request().retry().budget())));
    return names;
  }

  private Set<String> defined() {
    Set<String> names = new TreeSet<>();
    context
        .getPropertiesComponent()
        .loadProperties(key -> key.startsWith(PREFIX))
        .stringPropertyNames()
        .forEach(key -> names.add(key.substring(PREFIX.length())));
    return names;
  }

  /**
   * Returns what the budget of a stream allows, if it has one.
   *
   * @throws SettingException if no property defines it, or none that can be read
   */
  public Optional<BudgetLimit> limit(String stream, RetrySettings retry) {
    return limit(stream, retry, (name, names) -> "");
  }

  private Optional<BudgetLimit> limit(
      String stream,
      RetrySettings retry,
      BiFunction<String, Collection<String>, String> suggestion) {
    if (retry.budget() == null) {
      return retry.isShared()
          ? Optional.of(
              BudgetLimit.evenly(retry.clusterInterval(), retry.clusterRequestsPerSecond()))
          : Optional.empty();
    }
    return Optional.of(
        parsed(retry.budget())
            .orElseThrow(
                () ->
                    new SettingException(
                        "stream "
                            + stream
                            + ": budget must have a property "
                            + PREFIX
                            + retry.budget()
                            + ", such as 2/s, had none"
                            + suggestion.apply(retry.budget(), defined()))));
  }

  private Optional<BudgetLimit> parsed(String name) {
    String key = PREFIX + name;
    try {
      return context
          .getPropertiesComponent()
          .resolveProperty(key)
          .map(value -> BudgetLimit.parse(key, value));
    } catch (IllegalArgumentException e) {
      throw new SettingException(e.getMessage(), e);
    }
  }

  /**
   * Returns how the budget of a stream stands, if it has one.
   *
   * @param held what {@link BudgetStatus#held} gives
   */
  public Optional<BudgetStatus> status(StreamSettings stream, Map<String, Instant> held) {
    RetrySettings retry = stream.request().retry();
    Instant until = held.get(key(stream.name(), retry));
    return limit(stream.name(), retry)
        .map(limit -> new BudgetStatus(retry.budget(), limit.text(), until));
  }

  /** Returns the key of a budget's row in stepsync_budget. */
  private static String key(String stream, RetrySettings retry) {
    return retry.budget() == null ? stream : PREFIX + retry.budget();
  }

  /**
   * Waits until a stream may make a request, if it has a budget.
   *
   * @throws SQLException what the database said that others share the budget through
   */
  public Optional<Budget.Turn> await(String stream, RetrySettings retry)
      throws SQLException, InterruptedException {
    Optional<Budget> budget = of(stream, retry);
    return budget.isEmpty() ? Optional.empty() : Optional.of(budget.get().await(stream));
  }

  /** The API told a stream not to ask for {@code wait}: that holds for all of its budget. */
  public void holdBack(String stream, RetrySettings retry, Duration wait) {
    of(stream, retry).ifPresent(budget -> budget.holdBack(stream, wait));
  }

  private Optional<Budget> of(String stream, RetrySettings retry) {
    String key = key(stream, retry);
    Budget there = byKey.get(key); // most streams have none, and a property may cost a look-up
    if (there == null || retry.budget() == null) {
      return limit(stream, retry).map(limit -> byKey.compute(key, (k, b) -> with(limit, k, b)));
    }
    return Optional.of(there);
  }

  /** A stream that was edited may have another limit than before. */
  private Budget with(BudgetLimit limit, String key, Budget there) {
    if (there != null && there.limit().equals(limit)) {
      return there;
    }
    String title = key.startsWith(PREFIX) ? "budget " + key.substring(PREFIX.length()) : key;
    return new Budget(title, limit, new OfDatabase(key, limit), this::isOver);
  }

  private boolean isOver() {
    return context.isStopped() || context.getShutdownStrategy().isForceShutdown();
  }

  /** The budget in the application's database, which is looked up with the first request. */
  private final class OfDatabase implements Budget.Shared {

    private final String key;
    private final BudgetLimit limit;
    private Budget.Shared shared;

    OfDatabase(String key, BudgetLimit limit) {
      this.key = key;
      this.limit = limit;
    }

    @Override
    public Budget.Grant take(int requests) throws SQLException {
      return shared().take(requests);
    }

    @Override
    public void hold(Duration wait) throws SQLException {
      shared().hold(wait);
    }

    private synchronized Budget.Shared shared() throws SQLException {
      if (shared == null) {
        DataSource dataSource = ApplicationDataSource.find(context);
        shared =
            OwnTables.areMissingToLook(context, dataSource)
                ? Budget.Shared.NOT
                : SharedBudget.in(dataSource, key, limit);
      }
      return shared;
    }
  }
}
