package io.stepsync.jdbc.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A data source whose connections join the current transaction. Whoever began that ends it: a
 * statement that ends it by itself, as those of camel-jdbc do by default, would part a window, so
 * that is passed over. Thread-safe.
 */
public final class JoinedDataSource extends TransactionAwareDataSourceProxy {

  private static final Set<String> ENDS = Set.of("commit", "rollback", "setAutoCommit");

  public JoinedDataSource(DataSource target) {
    super(target);
  }

  @Override
  protected Connection getTransactionAwareConnectionProxy(DataSource target) {
    Connection connection = super.getTransactionAwareConnectionProxy(target);
    return (Connection)
        Proxy.newProxyInstance(
            JoinedDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (ENDS.contains(method.getName())
                  && !isToSavepoint(arguments)
                  && isJoined(target)) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean isToSavepoint(Object[] arguments) {
    return arguments != null && arguments[0] instanceof java.sql.Savepoint;
  }

  private static boolean isJoined(DataSource target) {
    return TransactionSynchronizationManager.isActualTransactionActive()
        && TransactionSynchronizationManager.hasResource(target);
  }
}
