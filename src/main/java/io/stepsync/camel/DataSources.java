package io.stepsync.camel;

import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** The data source that the routes name. */
final class DataSources {

  private static final String NAME = "stepsyncDataSource";

  private DataSources() {}

  static DataSource of(CamelContext context) {
    DataSource found = context.getRegistry().lookupByNameAndType(NAME, DataSource.class);
    if (found == null) {
      throw new IllegalStateException("there must be a javax.sql.DataSource bean " + NAME);
    }
    return found;
  }
}
