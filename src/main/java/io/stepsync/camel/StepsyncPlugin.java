package io.stepsync.camel;

import io.stepsync.steps.SinkRecords;
import io.stepsync.store.ApplicationDataSource;
import io.stepsync.store.DataSources;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.spring.spi.SpringTransactionPolicy;

/**
 * Gives each Camel context that has stepsync's jar on its class path the two beans that stepsync's
 * routes name, unless they are there: a data source and a transaction, which are the application's
 * own. They are looked up when a window is first written, so a context without a stream needs
 * neither. Camel finds this class by itself.
 */
public final class StepsyncPlugin implements ContextServicePlugin {

  @Override
  public void load(CamelContext context) {
    Registry registry = context.getRegistry();
    if (registry.lookupByName(DataSources.NAME) == null) {
      registry.bind(DataSources.NAME, new ApplicationDataSource(context));
    }
    if (registry.lookupByName(ApplicationTransactions.TRANSACTION) == null) {
      registry.bind(
          ApplicationTransactions.TRANSACTION,
          new SpringTransactionPolicy(new ApplicationTransactions(context)));
    }
    TypeConverterRegistry converters = context.getTypeConverterRegistry();
    converters.addTypeConverter(InputStream.class, SinkRecords.class, new SinkRecords.AsStream());
    try {
      MissingTemplate.standIn(context);
      RouteIsolation.begin(context);
      context.addLifecycleStrategy(new LaneTriggers());
      context.addLifecycleStrategy(new RefreshClock(context));
      context.addStartupListener(new StreamCheck());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
