package io.stepsync.jdbc.source;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A data source whose connections join the current transaction. Whoever began that ends it: a
 * statement that ends it by itself, as those of camel-jdbc do by default, would part a window, so
 * that is passed over. Outside of a transaction each statement commits by itself, also where the
 * application's pool leaves that to its users. Thread-safe.
 */
public final class JoinedDataSource extends TransactionAwareDataSourceProxy {

  private static final Set<String> ENDS = Set.of("commit", "rollback", "setAutoCommit");

  /** They need no connection of the pool, or are about how it commits. */
  private static final Set<String> NO_USE =
      Set.of("toString", "hashCode", "equals", "isClosed", "unwrap", "isWrapperFor");

  public JoinedDataSource(DataSource target) {
    super(target);
  }

  @Override
  protected Connection getTransactionAwareConnectionProxy(DataSource target) {
    return (Connection)
        Proxy.newProxyInstance(
            JoinedDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new Joined(super.getTransactionAwareConnectionProxy(target), target));
  }

  /** A connection, which one thread uses. */
  private static final class Joined implements InvocationHandler {

    private final Connection connection;
    private final DataSource target;
    private boolean used;
    private boolean changed;

    Joined(Connection connection, DataSource target) {
      this.connection = connection;
      this.target = target;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      String name = method.getName();
      boolean joined = isJoined();
      if (joined && ENDS.contains(name) && !isToSavepoint(arguments)) {
        return null;
      }
      if (name.equals("close")) {
        giveBack();
      } else if (!joined && !used && !NO_USE.contains(name)) {
        commitEach();
      }
      Object result = call(connection, method, arguments);
      return result instanceof Statement statement
          ? joined(statement, method.getReturnType(), (Connection) proxy)
          : result;
    }

    /** camel-sql ends the transaction after a batch by the connection that the statement tells. */
    private static Object joined(Statement statement, Class<?> type, Connection of) {
      return Proxy.newProxyInstance(
          JoinedDataSource.class.getClassLoader(),
          new Class<?>[] {type},
          (proxy, method, arguments) ->
              method.getName().equals("getConnection") ? of : call(statement, method, arguments));
    }

    private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(on, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private void commitEach() throws SQLException {
      used = true;
      changed = !connection.getAutoCommit();
      if (changed) {
        connection.setAutoCommit(true);
      }
    }

    /** As it came from the pool. */
    private void giveBack() throws SQLException {
      if (changed) {
        changed = false;
        connection.setAutoCommit(false);
      }
    }

    private boolean isJoined() {
      return TransactionSynchronizationManager.isActualTransactionActive()
          && TransactionSynchronizationManager.hasResource(target);
    }

    private static boolean isToSavepoint(Object[] arguments) {
      return arguments != null && arguments[0] instanceof Savepoint;
    }
  }
}
