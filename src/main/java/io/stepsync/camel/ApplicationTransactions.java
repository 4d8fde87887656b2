package io.stepsync.camel;

import io.stepsync.SettingException;
import io.stepsync.store.ApplicationBeans;
import io.stepsync.store.ApplicationDataSource;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The application's transactions on its data source, looked up when one first begins: those of the
 * bean that {@code stepsync.transaction-manager} names, or of the only transaction manager, or,
 * where there is none, of one that belongs to stepsync. Thread-safe.
 */
final class ApplicationTransactions implements PlatformTransactionManager {

  /** The name of the bean that the routes name. */
  static final String TRANSACTION = "stepsyncTransaction";

  private static final String KEY = "stepsync.transaction-manager";

  private final CamelContext context;
  private volatile PlatformTransactionManager target;
  private DataSource dataSource;

  ApplicationTransactions(CamelContext context) {
    this.context = context;
  }

  /**
   * Refuses transactions that a context begins on something else than its data source, before the
   * first window does.
   *
   * @throws SettingException if it does
   */
  static void check(CamelContext context) {
    if (context.getRegistry().lookupByName(TRANSACTION) instanceof SpringTransactionPolicy policy
        && policy.getTransactionManager() instanceof ApplicationTransactions transactions) {
      transactions.rollback(
          transactions.getTransaction(
              new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW)));
    }
  }

  private PlatformTransactionManager target() {
    if (target == null) {
      dataSource = ApplicationDataSource.find(context);
      target = find();
    }
    return target;
  }

  private PlatformTransactionManager find() {
    Map<String, PlatformTransactionManager> all =
        new TreeMap<>(context.getRegistry().findByTypeWithName(PlatformTransactionManager.class));
    return all.isEmpty()
        ? new DataSourceTransactionManager(dataSource)
        : ApplicationBeans.one(context, KEY, PlatformTransactionManager.class, all);
  }

  /**
   * @throws SettingException if the transaction is one on something else, so that each statement
   *     would commit by itself
   */
  @Override
  public TransactionStatus getTransaction(TransactionDefinition definition) {
    PlatformTransactionManager manager = target();
    TransactionStatus status = manager.getTransaction(definition);
    if (!TransactionSynchronizationManager.hasResource(dataSource)) {
      manager.rollback(status);
      throw new SettingException(
          KEY + " must name a transaction manager of stepsync's data source, was " + told(manager));
    }
    return status;
  }

  private String told(PlatformTransactionManager manager) {
    return context
        .getRegistry()
        .findByTypeWithName(PlatformTransactionManager.class)
        .entrySet()
        .stream()
        .filter(bean -> bean.getValue() == manager)
        .map(bean -> bean.getKey() + ", a " + manager.getClass().getName())
        .findFirst()
        .orElse(manager.getClass().getName());
  }

  @Override
  public void commit(TransactionStatus status) {
    target().commit(status);
  }

  @Override
  public void rollback(TransactionStatus status) {
    target().rollback(status);
  }
}
