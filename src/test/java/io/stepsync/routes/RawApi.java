package io.stepsync.routes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API of some records that does to a connection what no web server would, until it is healed.
 */
final class RawApi implements AutoCloseable {

  private static final Pattern RANGE = Pattern.compile("start_id=(\\d+)&end_id=(\\d+)");

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int records;
  private volatile Hostility hostility;

  /** What is done instead of an answer. */
  interface Hostility {
    void answer(Socket socket, OutputStream out) throws Exception;
  }

  /** One of 25 records. */
  RawApi(Hostility hostility) throws IOException {
    this(hostility, 25);
  }

  /**
   * @param records how many it has, with IDs from 1 on
   */
  RawApi(Hostility hostility, int records) throws IOException {
    this.records = records;
    this.hostility = hostility;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> handle(socket));
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  private void handle(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Hostility now = hostility;
      if (now != null) {
        now.answer(socket, out);
      } else {
        out.write(ok("application/json", range(head)));
      }
      out.flush();
    } catch (Exception e) {
      // the client has gone, or the test is over
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private byte[] range(String head) {
    Matcher range = RANGE.matcher(head);
    if (!range.find()) {
      throw new IllegalArgumentException(head);
    }
    long last = Math.min(records, Long.parseLong(range.group(2)));
    return ScriptedApi.Reply.range(Long.parseLong(range.group(1)), last)
        .body()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Returns an answer of status 200 whose length is as it says. */
  static byte[] ok(String contentType, byte[] body) {
    return answer(
        "200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length, body);
  }

  /** Returns an answer with a status line and headers. */
  static byte[] answer(String head, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ("HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  /** From now on it answers as it should. */
  void heal() {
    hostility = null;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/items";
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
