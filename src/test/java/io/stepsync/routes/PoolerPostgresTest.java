package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A PgBouncer in transaction mode between stepsync and a PostgreSQL. */
@EnabledIf(value = "isInstalled", disabledReason = "pgbouncer is not installed")
class PoolerPostgresTest {

  @TempDir Path directory;

  static boolean isInstalled() {
    return program().isPresent();
  }

  private static Optional<File> program() {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":", -1))
        .map(folder -> new File(folder, "pgbouncer"))
        .filter(File::canExecute)
        .findFirst();
  }

  @Test
  void a_stream_runs_through_a_pooler_in_transaction_mode_again_and_again() throws Exception {
    TestDatabase direct = PostgresServer.newDatabase();
    URI server = URI.create(direct.url().substring("jdbc:".length()));
    int port = freePort();
    Process pooler = start(server.getPort(), port);
    try (RangeApi api = new RangeApi().users(1, 2500)) {
      TestDatabase pooled = // the pooler is the administrator to the server
          new TestDatabase(
              direct.url().replace(":" + server.getPort(), ":" + port),
              direct.testUrl(),
              "postgres",
              "");
      Workspace workspace = new Workspace(directory, pooled);
      workspace.userStream(api.url(), "");
      for (int run = 0; run < 3; run++) {
        workspace.sync("user");
      }
      assertThat(workspace.value("select count(*) from \"user\"", Long.class)).isEqualTo(2500);
      assertThat(
              workspace.value(
                  "select count(*) from stepsync_run where status = 'caught_up'", Long.class))
          .isEqualTo(3);
    } finally {
      pooler.destroy();
      pooler.waitFor(1, TimeUnit.MINUTES);
    }
  }

  private Process start(int serverPort, int port) throws Exception {
    Path log = directory.resolve("log.txt");
    Path settings = directory.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=127.0.0.1 port=%d user=postgres
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = 5
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(serverPort, port));
    Process pooler =
        new ProcessBuilder(program().get().toString(), "-u", "nobody", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await().until(() -> answers(port) || !pooler.isAlive());
    assertThat(pooler.isAlive()).as(Files.readString(log)).isTrue();
    return pooler;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
