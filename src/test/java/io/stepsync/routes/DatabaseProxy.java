package io.stepsync.routes;

import static io.stepsync.LongestWait.awaitOpen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Stands between stepsync and its database server, reads along, and does to a connection what
 * networks do, at a statement that a test tells. Thread-safe.
 */
final class DatabaseProxy implements AutoCloseable {

  private final TestDatabase database;
  private final Function<InputStream, ClientMessages> protocol;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Plan plan = new Plan(Mishap.HELD, 0, sql -> false);

  /** A mishap that is to come once. */
  private record Plan(
      Mishap mishap,
      Predicate<String> statement,
      AtomicInteger left,
      CountDownLatch came,
      CountDownLatch released) {

    Plan(Mishap mishap, int number, Predicate<String> statement) {
      this(
          mishap,
          statement,
          new AtomicInteger(number),
          new CountDownLatch(1),
          new CountDownLatch(1));
    }

    boolean comesNow() {
      return left.decrementAndGet() == 0;
    }
  }

  DatabaseProxy(TestDatabase database) throws IOException {
    this.database = database;
    protocol =
        database.url().startsWith("jdbc:postgresql:")
            ? PostgresMessages::new
            : MariaDbMessages::new;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    inBackground(this::accept);
  }

  /** Returns the database as it is seen through the proxy, with {@code options} in its URL. */
  TestDatabase database(String options) {
    return new TestDatabase(
            database.url().replaceFirst("//[^/]*/", "//127.0.0.1:" + listener.getLocalPort() + "/"),
            database.testUrl(),
            database.username(),
            database.password())
        .with(options);
  }

  /** The mishap comes with the {@code number}th commit from now on that moves a checkpoint. */
  void atCommit(int number, Mishap mishap) {
    plan = new Plan(mishap, number, null);
  }

  /** The mishap comes with the next statement that begins like {@code pattern}. */
  void at(String pattern, Mishap mishap) {
    at(pattern, 1, mishap);
  }

  /** The mishap comes with the {@code number}th statement that begins like {@code pattern}. */
  void at(String pattern, int number, Mishap mishap) {
    Pattern begin = Pattern.compile(pattern);
    plan = new Plan(mishap, number, sql -> begin.matcher(sql).lookingAt());
  }

  /** Tells whether the mishap has come. */
  boolean hasMishapCome() {
    return plan.came.getCount() == 0;
  }

  /** What was held is delivered. */
  void release() {
    plan.released.countDown();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = opened(listener.accept());
      String port = database.url().replaceFirst(".*:(\\d+)/.*", "$1");
      Socket server = opened(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
      Link link = new Link(client, server);
      inBackground(link::toServer);
      inBackground(link::toClient);
    }
  }

  private Socket opened(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    return socket;
  }

  /** A connection of the driver, with that to the server. */
  private final class Link {

    private final Socket client;
    private final Socket server;
    private boolean movesCheckpoint;
    private volatile boolean cutAtAnswer;
    private volatile boolean nothingToServer;
    private volatile boolean nothingToClient;
    private volatile boolean byteByByte;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void toServer() throws IOException {
      ClientMessages messages = protocol.apply(client.getInputStream());
      try {
        for (ClientMessages.Sent sent = messages.next(); sent != null; sent = messages.next()) {
          Plan now = plan;
          if (isStatementOf(now, sent) && now.comesNow()) {
            deliver(sent.bytes().toByteArray(), now);
          } else {
            deliver(sent.bytes().toByteArray());
          }
        }
      } finally {
        if (!nothingToServer) {
          server.close();
        }
      }
    }

    private boolean isStatementOf(Plan now, ClientMessages.Sent sent) {
      if (now.statement != null) {
        return sent.statements().stream().anyMatch(now.statement);
      }
      boolean commits = sent.statements().stream().anyMatch("COMMIT"::equalsIgnoreCase);
      boolean moved = movesCheckpoint && commits;
      movesCheckpoint |= sent.statements().stream().anyMatch(sql -> sql.contains("SET current_id"));
      movesCheckpoint &= !commits;
      return moved;
    }

    private void deliver(byte[] bytes, Plan now) throws IOException {
      switch (now.mishap) {
        case CUT_BEFORE -> cut();
        case CUT_AFTER -> cutAtAnswer = true;
        case DELIVERED_AFTER_THE_CUT -> client.close();
        case BYTE_BY_BYTE -> byteByByte = true;
        case NOTHING_TO_SERVER -> nothingToServer = true;
        case NOTHING_TO_CLIENT -> nothingToClient = true;
        case HELD -> {}
      }
      now.came.countDown();
      if (now.mishap == Mishap.HELD || now.mishap == Mishap.DELIVERED_AFTER_THE_CUT) {
        awaitOpen(now.released);
      }
      deliver(bytes);
    }

    private void deliver(byte[] bytes) throws IOException {
      if (!nothingToServer) {
        write(bytes, bytes.length, server.getOutputStream());
      }
    }

    void toClient() throws IOException {
      byte[] bytes = new byte[8192];
      InputStream in = server.getInputStream();
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        if (cutAtAnswer) {
          cut();
        }
        if (!nothingToClient) {
          write(bytes, length, client.getOutputStream());
        }
      }
      if (!nothingToClient) {
        client.close();
      }
    }

    private void write(byte[] bytes, int length, OutputStream out) throws IOException {
      int step = byteByByte ? 1 : length;
      for (int from = 0; from < length; from += step) {
        out.write(bytes, from, step);
      }
    }

    private void cut() throws IOException {
      client.close();
      server.close();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Work that ends with a socket. */
  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // one side has closed it, or the test is over
              }
            },
            "database proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    release();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
