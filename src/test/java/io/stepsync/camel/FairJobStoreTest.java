package io.stepsync.camel;

import org.quartz.simpl.CascadingClassLoadHelper;
import org.quartz.spi.JobStore;

class FairJobStoreTest extends FiringOrderTest {

  @Override
  protected JobStore newStore() throws Exception {
    FairJobStore store = new FairJobStore();
    CascadingClassLoadHelper classes = new CascadingClassLoadHelper();
    classes.initialize();
    store.initialize(classes, new Silent());
    return store;
  }
}
