package io.stepsync.store;

import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** The data source that the routes name. */
public final class DataSources {

  /** The bean's name in the registry. */
  public static final String NAME = "stepsyncDataSource";

  private DataSources() {}

  /**
   * Returns the data source of a context.
   *
   * @throws IllegalStateException if there is none
   */
  public static DataSource of(CamelContext context) {
    DataSource found = context.getRegistry().lookupByNameAndType(NAME, DataSource.class);
    if (found == null) {
      throw new IllegalStateException("there must be a javax.sql.DataSource bean " + NAME);
    }
    return found;
  }
}
