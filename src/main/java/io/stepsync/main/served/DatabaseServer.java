package io.stepsync.main.served;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.hsqldb.server.Server;

/**
 * Serves an open embedded database on the loopback address, by HSQLDB's own server, on a port that
 * is free, under a name of 160 random bits: who does not know it gets no connection, whatever the
 * database's own user and password are, which are empty by default.
 *
 * <p>Thread-safe.
 */
public final class DatabaseServer implements AutoCloseable {

  private static final int NAME_BITS = 160;
  private static final int HEXADECIMAL = 16;

  private final Loopback server = new Loopback();
  private final String name = new BigInteger(NAME_BITS, new SecureRandom()).toString(HEXADECIMAL);
  private final CompletableFuture<Void> start;

  /** It keeps to itself what it would print. */
  private static final class Loopback extends Server {

    /** Returns the port that it got; −1 if it has none. */
    private int port() {
      return socket == null ? -1 : socket.getLocalPort();
    }

    private int connections() {
      ThreadGroup group = serverConnectionThreadGroup;
      return group == null ? 0 : group.activeCount();
    }
  }

  private DatabaseServer(Path database, Consumer<String> ready) {
    server.setSilent(true);
    server.setTrace(false);
    server.setLogWriter(null);
    server.setErrWriter(null);
    server.setNoSystemExit(true);
    server.setDaemon(true);
    server.setAddress(InetAddress.getLoopbackAddress().getHostAddress());
    server.setPort(0);
    server.setDatabaseName(0, name);
    server.setDatabasePath(0, "file:" + database);
    // it looks each 100 ms whether it has started, which no start is to wait for
    start =
        CompletableFuture.runAsync(
            () -> start(ready),
            work -> {
              Thread thread = new Thread(work, "stepsync-serve");
              thread.setDaemon(true);
              thread.start();
            });
  }

  /**
   * Serves a database that is open in this process.
   *
   * @param ready is told the address, once it is served; it is not where that cannot be
   */
  public static DatabaseServer serve(Path database, Consumer<String> ready) {
    return new DatabaseServer(database, ready);
  }

  private void start(Consumer<String> ready) {
    server.start();
    int port = server.port();
    if (port > 0) {
      ready.accept(server.getAddress() + ":" + port + "/" + name);
    }
  }

  /** Tells whether a connection is open. */
  public boolean isUsed() {
    return server.connections() > 0;
  }

  /** Closes all connections; the database stays open. */
  @Override
  public void close() {
    start.exceptionally(failure -> null).join();
    server.shutdown();
  }
}
