package io.stepsync.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP API to try stepsync on, with the contract of the step endpoint of Fivetran's API
 * playground: {@code GET /incremental/step?start_id=1&end_id=1000}, both inclusive, answers
 *
 * <pre>{@code
 * {"data":[{"id":"1","name":…,"email":…,"address":…,"company":…,"job":…,
 *           "createdAt":"2020-01-01T00:00:12Z","updatedAt":…}]}
 * }</pre>
 *
 * <p>IDs are whole numbers from 1 to 2<sup>63</sup>−1, answered as strings, in ascending order. A
 * range without records is an empty {@code data}; no range is too wide. A missing, unknown,
 * repeated or impossible parameter is status 400, another path 404, another method 405, each with
 * {@code {"error":…}}.
 *
 * <p>It listens on 127.0.0.1 alone, has no authentication, and stores nothing; eight answers are
 * written at a time. The JVM runs on until {@link #close()}. Thread-safe.
 *
 * <p>Where the system property {@code sun.net.httpserver.nodelay} is not set, starting sets it to
 * {@code true}.
 */
public final class DemoApi implements AutoCloseable {
  // A client that leaves answers unread holds a thread for each.
  private static final int THREADS = 8;
  private static final byte[] LOCALHOST = {127, 0, 0, 1};
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private final HttpServer server;
  private final ExecutorService threads;
  private final DemoGrowth growth;

  private DemoApi(HttpServer server, DemoGrowth growth) {
    this.server = server;
    this.growth = growth;
    this.threads = Executors.newFixedThreadPool(THREADS, DemoApi::daemon);
  }

  /**
   * Starts the API; it answers when this returns.
   *
   * @throws UncheckedIOException if the port is in use or cannot be opened
   */
  public static DemoApi start(DemoSettings settings) {
    return start(settings, InstantSource.system());
  }

  /**
   * Starts the API with a clock of the caller's, by which {@link DemoSettings#growPerSecond()} is
   * measured.
   *
   * @throws UncheckedIOException if the port is in use or cannot be opened
   */
  public static DemoApi start(DemoSettings settings, InstantSource clock) {
    DemoApi api = new DemoApi(bind(settings.port()), new DemoGrowth(settings, clock));
    api.server.createContext("/", new StepHandler(api::data));
    api.server.setExecutor(api.threads);
    api.server.start();
    return api;
  }

  /** Returns the port that it listens on, also where any free one was asked for. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns the URL of the endpoint, without parameters. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + StepHandler.PATH);
  }

  /** Returns the records as they are now. */
  public DemoData data() {
    return growth.now();
  }

  /** Stops at once, in the middle of answers too. Closing again does nothing. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer bind(int port) {
    // Without it an answer of a few hundred records or fewer waits 40 ms on a kept connection, for
    // headers and body are two packets. The JDK reads it once, when its first server is made.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(refusal(port, e), e);
    }
  }

  private static String refusal(int port, IOException e) {
    boolean inUse = e instanceof BindException && !"Permission denied".equals(e.getMessage());
    String reason = inUse ? " is in use" : " cannot be opened (" + e.getMessage() + ")";
    return "stepsync.demo.port " + port + reason + "; set another or stepsync.demo.enabled=false";
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "stepsync-demo");
    thread.setDaemon(true);
    return thread;
  }
}
