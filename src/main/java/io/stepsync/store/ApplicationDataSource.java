package io.stepsync.store;

import io.stepsync.SettingException;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import io.stepsync.jdbc.source.CountedParameters;
import io.stepsync.jdbc.source.JoinedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The application's data source, looked up when a connection is first asked for, and made part of
 * the current transaction. Thread-safe.
 */
public final class ApplicationDataSource extends DelegatingDataSource {

  private static final String KEY = "stepsync.data-source";

  private final CamelContext context;
  private volatile DataSource target;

  public ApplicationDataSource(CamelContext context) {
    this.context = context;
  }

  @Override
  public DataSource getTargetDataSource() {
    if (target == null) {
      target = new CountedParameters(new AdaptedDataSource(new JoinedDataSource(find(context))));
    }
    return target;
  }

  /**
   * Returns the application's own data source: the bean that {@code stepsync.data-source} names, or
   * the only one.
   *
   * @throws SettingException if that is no data source, or there is not exactly one
   */
  public static DataSource find(CamelContext context) {
    Map<String, DataSource> all =
        new TreeMap<>(context.getRegistry().findByTypeWithName(DataSource.class));
    all.remove(DataSources.NAME);
    return plain(ApplicationBeans.one(context, KEY, DataSource.class, all));
  }

  /** Transactions are kept for the data source within. */
  private static DataSource plain(DataSource found) {
    return found instanceof TransactionAwareDataSourceProxy proxy
            && proxy.getTargetDataSource() != null
        ? proxy.getTargetDataSource()
        : found;
  }

  /**
   * A data source whose connections are as their database's {@link Dialect} has them. Thread-safe.
   */
  private static final class AdaptedDataSource extends DelegatingDataSource {

    private volatile Optional<Dialect> dialect;

    AdaptedDataSource(DataSource dataSource) {
      super(dataSource);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      if (dialect == null) {
        String url = connection.getMetaData().getURL();
        dialect = url == null ? Optional.empty() : Dialects.find(url);
      }
      return dialect.map(known -> known.adapted(connection)).orElse(connection);
    }
  }
}
