package io.stepsync.routes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An API with ID ranges whose records are long texts, made as they are sent. */
final class BigAnswers implements AutoCloseable {

  private static final Pattern RANGE = Pattern.compile("start_id=(\\d+)&end_id=(\\d+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final byte[] text;

  /**
   * @param recordBytes the length of a record's text
   */
  BigAnswers(int recordBytes) {
    text = "x".repeat(recordBytes).getBytes(StandardCharsets.US_ASCII);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/records";
  }

  int requests() {
    return requests.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    Matcher range = RANGE.matcher(exchange.getRequestURI().getRawQuery());
    range.find();
    long last = Long.parseLong(range.group(2));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      write(body, "{\"data\":[");
      for (long id = Long.parseLong(range.group(1)); id <= last; id++) {
        write(body, "{\"id\":" + id + ",\"text\":\"");
        body.write(text);
        write(body, id < last ? "\"}," : "\"}");
      }
      write(body, "]}");
    }
  }

  private static void write(OutputStream body, String json) throws IOException {
    body.write(json.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
