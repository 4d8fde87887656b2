package io.stepsync.bench.nodes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stepsync.demo.DemoApi;
import io.stepsync.demo.DemoData;
import io.stepsync.demo.DemoSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo API's records, written out beforehand, so that an answer costs a copy of bytes. Each
 * answer waits, without a thread, and none is given while the API is closed. Thread-safe.
 */
final class HeldApi implements AutoCloseable {

  private static final Pattern WINDOW = Pattern.compile("start_id=(\\d+)&end_id=(\\d+)");
  private static final byte[] HEAD = "{\"data\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);
  private static final int THREADS = 2;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);
  private final DemoData data;
  private final byte[] json;
  private final int[] ends;
  private final HttpServer server;
  private final List<HttpExchange> held = new ArrayList<>();
  private boolean open;
  private long latencyMillis;
  private long requests;
  private volatile long lastId;

  /** Starts an API that is closed. */
  HeldApi(int records) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try (DemoApi demo = DemoApi.start(new DemoSettings(0, records, 0, 0))) {
      data = demo.data();
    }
    lastId = records;
    ends = new int[records + 1];
    json = written(records);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(clock);
    server.start();
  }

  private byte[] written(int records) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id = 1; id <= records; id++) {
      bytes.write(mapper.writeValueAsBytes(data.record(id)));
      bytes.write(',');
      ends[id] = bytes.size();
    }
    return bytes.toByteArray();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/records";
  }

  DemoData data() {
    return data;
  }

  /** Holds all requests from now on, and counts again. */
  synchronized void shut() {
    open = false;
    requests = 0;
  }

  /** Answers what was held, and all that is asked from now on, each after so long. */
  synchronized void open(long millis) {
    latencyMillis = millis;
    open = true;
    held.forEach(this::answerLater);
    held.clear();
  }

  /** Has the records up to this ID alone from now on; at first it has all. */
  void reveal(long id) {
    lastId = id;
  }

  synchronized long requests() {
    return requests;
  }

  private synchronized void take(HttpExchange exchange) {
    requests++;
    if (open) {
      answerLater(exchange);
    } else {
      held.add(exchange);
    }
  }

  private synchronized void answerLater(HttpExchange exchange) {
    clock.schedule(() -> answer(exchange), latencyMillis, TimeUnit.MILLISECONDS);
  }

  private void answer(HttpExchange exchange) {
    long[] window = window(exchange);
    int from = ends[index(window[0] - 1)];
    int to = ends[index(window[1])];
    int length = Math.max(0, to - from - 1); // the last comma stays behind
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    try (exchange;
        OutputStream body = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(200, HEAD.length + length + TAIL.length);
      body.write(HEAD);
      body.write(json, from, length);
      body.write(TAIL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int index(long id) {
    return (int) Math.min(Math.max(id, 0), lastId);
  }

  private static long[] window(HttpExchange exchange) {
    Matcher window = WINDOW.matcher(exchange.getRequestURI().getQuery());
    if (!window.matches()) {
      throw new IllegalArgumentException("no window: " + exchange.getRequestURI());
    }
    return new long[] {Long.parseLong(window.group(1)), Long.parseLong(window.group(2))};
  }

  @Override
  public void close() {
    server.stop(0);
    clock.shutdownNow();
  }
}
