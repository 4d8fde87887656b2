package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.TargetTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class MariaDbTest extends InnoDbCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return MariaDbServer.newDatabase();
  }

  @Override
  String unpadded() {
    return "utf8mb4_nopad_bin";
  }

  @Override
  protected void makeSchema(String name) throws Exception {
    MariaDbServer.makeDatabase(name, database);
  }

  @Override
  protected void forbidTables(TestDatabase database) throws Exception {
    MariaDbServer.forbidTables(database);
  }

  @Override
  protected void stopServer() throws Exception {
    MariaDbServer.stop();
  }

  @Override
  protected void startServer() throws Exception {
    MariaDbServer.startAgain();
  }

  @Override
  <T> T withPacketsOf(int bytes, Callable<T> work) throws Exception {
    return MariaDbServer.withPacketsOf(bytes, work);
  }

  @Test
  void a_mariadb_behind_a_url_of_mysql_is_refused() throws Exception {
    String url = database.url().replaceFirst("jdbc:mariadb:", "jdbc:mysql:");
    try (Connection connection =
        DriverManager.getConnection(url, database.username(), database.password())) {
      TableSettings table =
          TableSettings.parse("t", "id", Map.of("id", "LONG"), null, "evolve", true);
      assertThatThrownBy(() -> new TargetTable(connection, table).prepare())
          .hasMessage("the URL of a MariaDB must begin with jdbc:mariadb:, was jdbc:mysql:");
    }
  }
}
