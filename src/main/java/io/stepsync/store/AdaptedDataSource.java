package io.stepsync.store;

import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose connections are as their database's {@link Dialect} has them. Thread-safe.
 */
final class AdaptedDataSource extends DelegatingDataSource {

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
