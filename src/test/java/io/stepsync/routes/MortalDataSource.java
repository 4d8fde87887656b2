package io.stepsync.routes;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A data source of a process that can die: from then on no statement and no commit reaches the
 * database, and what is not committed is rolled back.
 */
final class MortalDataSource extends DelegatingDataSource {

  private int left = Integer.MAX_VALUE;
  private int commitsUntilLoss = Integer.MAX_VALUE;
  private String stateOfLoss = "08006";
  private int connectionsUntilNews;
  private Runnable news = () -> {};

  MortalDataSource(DataSource target) {
    super(target);
  }

  /** Dies after so many statements and commits, of which the last may still be carried out. */
  void dieAfter(int steps) {
    left = steps;
  }

  /** The connection is lost behind so many commits, before the last of them is answered. */
  void loseCommit(int commits) {
    commitsUntilLoss = commits;
  }

  /** As {@link #loseCommit}, but the exception is one that does not pass. */
  void loseCommitForGood(int commits) {
    loseCommit(commits);
    stateOfLoss = "XX000";
  }

  private void loseAnswer() throws SQLException {
    if (--commitsUntilLoss == 0) {
      throw stateOfLoss.startsWith("08")
          ? new SQLRecoverableException("the connection was lost", stateOfLoss)
          : new SQLException("the answer was lost", stateOfLoss);
    }
  }

  void live() {
    left = Integer.MAX_VALUE;
  }

  boolean isDead() {
    return left <= 0;
  }

  private void step() {
    if (left-- <= 0) {
      left = 0;
      throw new IllegalStateException("the process is dead");
    }
  }

  /**
   * Does something between two transactions, or statements by themselves, once so many are made.
   */
  void between(int connections, Runnable nextNews) {
    connectionsUntilNews = connections;
    news = nextNews;
  }

  private void tellNews() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        && --connectionsUntilNews == 0) {
      news.run();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    tellNews();
    return (Connection) mortal(Connection.class, super.getConnection());
  }

  private Object mortal(Class<?> type, Object target) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          boolean counts =
              method.getName().startsWith("execute") || method.getName().equals("commit");
          if (counts) {
            step();
          }
          Object result = invoke(method, target, arguments);
          if (counts && left == 0) {
            step();
          }
          if (method.getName().equals("commit")) {
            loseAnswer();
          }
          return result instanceof Statement
                  && Statement.class.isAssignableFrom(method.getReturnType())
              ? mortal(method.getReturnType(), result)
              : result;
        };
    return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
