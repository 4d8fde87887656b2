package io.stepsync.camel;

import io.stepsync.StreamSettings;
import java.util.Collection;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/**
 * Is told when streams of a Camel context are about to run: a bean of this type in its registry.
 */
public interface StreamsListener {

  /**
   * All of the context's streams are checked, and stepsync's tables are there.
   *
   * @param dataSource the application's
   */
  void checked(CamelContext context, Collection<StreamSettings> streams, DataSource dataSource);
}
