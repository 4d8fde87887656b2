package io.stepsync.routes;

/** A server that a test can stop and start. */
enum DatabaseServer {
  POSTGRES {
    @Override
    TestDatabase newDatabase() throws Exception {
      return PostgresServer.newDatabase()
          .with("?options=-c%20idle_in_transaction_session_timeout=" + LONGEST_IDLE_SECONDS + "s");
    }

    @Override
    void stop() throws Exception {
      PostgresServer.stop();
    }

    @Override
    void startAgain() throws Exception {
      PostgresServer.startAgain();
    }
  },
  MARIADB {
    @Override
    TestDatabase newDatabase() throws Exception {
      return MariaDbServer.newDatabase()
          .with("?sessionVariables=idle_transaction_timeout=" + LONGEST_IDLE_SECONDS);
    }

    @Override
    void stop() throws Exception {
      MariaDbServer.stop();
    }

    @Override
    void startAgain() throws Exception {
      MariaDbServer.startAgain();
    }
  },
  /** Where there is none, its tests are skipped. */
  MYSQL {
    @Override
    TestDatabase newDatabase() throws Exception {
      return MySqlServer.newPlainDatabase()
          .with("?sessionVariables=wait_timeout=" + LONGEST_IDLE_SECONDS);
    }

    @Override
    void stop() throws Exception {
      MySqlServer.stop();
    }

    @Override
    void startAgain() throws Exception {
      MySqlServer.startAgain();
    }
  };

  /**
   * A node that sleeps in a transaction keeps the rows of its window from all others. Nodes have
   * the database end it after ten minutes, for which a test has no time.
   */
  private static final int LONGEST_IDLE_SECONDS = 10;

  abstract TestDatabase newDatabase() throws Exception;

  abstract void stop() throws Exception;

  abstract void startAgain() throws Exception;
}
