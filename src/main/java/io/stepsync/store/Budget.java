package io.stepsync.store;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.http.RetrySettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import org.apache.camel.CamelContext;

/**
 * The requests of a stream that all processes on its database make together. It costs nothing where
 * a stream has none, and needs bucket4j only where one has.
 *
 * <p>Thread-safe.
 */
public final class Budget {

  private static final String LIBRARY = "io.github.bucket4j.Bucket";

  private final CamelContext context;
  private final String stream;
  private SharedBudget shared;

  public Budget(CamelContext context, String stream) {
    this.context = context;
    this.stream = stream;
  }

  /**
   * Refuses a setting that needs what is not there.
   *
   * @throws SettingException naming the stream and the setting
   */
  public static void check(CamelContext context, Collection<StreamSettings> streams) {
    for (StreamSettings stream : streams) {
      if (stream.request().retry().isShared()
          && context.getClassResolver().resolveClass(LIBRARY) == null) {
        throw new SettingException(
            "stream "
                + stream.name()
                + ": clusterRequestsPerSecond needs bucket4j_jdk17-core on the class path");
      }
    }
  }

  /** Takes a request, and returns how long to wait before it is made. */
  public Duration take(RetrySettings retry) throws SQLException {
    return retry.isShared() ? shared().take(retry.clusterInterval()) : Duration.ZERO;
  }

  private synchronized SharedBudget shared() throws SQLException {
    if (shared == null) {
      shared = SharedBudget.in(ApplicationDataSource.find(context), stream);
    }
    return shared;
  }
}
