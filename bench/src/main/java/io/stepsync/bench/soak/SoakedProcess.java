package io.stepsync.bench.soak;

import io.stepsync.main.served.Hold;
import io.stepsync.main.served.Holder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution with many streams, in a process and a directory of its own. */
public final class SoakedProcess implements AutoCloseable {

  /** Where the distribution lies that bench/unpack unpacks. */
  public static final Path HOME = Path.of("target/start").toAbsolutePath();

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final Process process;
  private final int port;
  private final String url;
  private final String user;

  private SoakedProcess(Path directory, Process process, int port, String url, String user) {
    this.directory = directory;
    this.process = process;
    this.port = port;
    this.url = url;
    this.user = user;
  }

  /**
   * Starts it; each stream copies {@code api} into a table of its own.
   *
   * @param home the unpacked distribution
   * @param heap in MiB
   * @param schedule of each stream, a Quartz cron expression
   */
  public static SoakedProcess start(
      Path home,
      Path directory,
      URI api,
      String url,
      String user,
      int streams,
      int heap,
      String schedule)
      throws IOException {
    Path files = Files.createDirectories(directory.resolve("routes/streams"));
    for (int i = 1; i <= streams; i++) {
      String name = "soak%04d".formatted(i);
      Files.writeString(files.resolve(name + ".camel.yaml"), stream(name, api, schedule));
    }
    int port = freePort();
    Files.writeString(
        directory.resolve("application.properties"),
        """
        stepsync.datasource.url=%s
        stepsync.datasource.username=%s
        stepsync.demo.enabled=false
        stepsync.page.port=%d
        stepsync.history.runs=20
        """
            .formatted(url, user, port));
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/stepsync").toString(), "run")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS", "-Xmx" + heap + "m");
    Process process = builder.start();
    return new SoakedProcess(directory, process, port, url, user);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String stream(String name, URI api, String schedule) {
    return """
        - beans:
            - name: %1$s
              type: io.stepsync.Stream
              properties:
                url: "%2$s"
                table: %1$s
                primaryKey: id
                columns: |
                  id: LONG
                  name: STRING
                  email: STRING
                  address: STRING
                  company: STRING
                  job: STRING
                  updatedAt: UTC_DATETIME
                  createdAt: UTC_DATETIME
        - templatedRoute:
            routeTemplateRef: step-size-sync
            routeId: %1$s-sync
            parameters:
              - { name: stream, value: %1$s }
              - { name: schedule, value: "%3$s" }
        """
        .formatted(name, api, schedule);
  }

  /**
   * Tells what it holds, after a full collection of garbage.
   *
   * @throws IllegalStateException if it has ended
   */
  public Look look(int minute) throws Exception {
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended:\n" + Files.readString(output()));
    }
    new ProcessBuilder(JAVA.resolve("jcmd").toString(), pid(), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(1, TimeUnit.MINUTES);
    List<String> metrics = metrics();
    try (Connection database = connection()) {
      return new Look(
          minute,
          sum(metrics, "stepsync_run_duration_seconds_count{"),
          metrics.stream()
              .filter(line -> line.startsWith("stepsync_run_duration_seconds_count{"))
              .filter(line -> line.contains("status=\"failed\""))
              .mapToLong(SoakedProcess::value)
              .sum(),
          sum(metrics, HEAP) >> 20,
          residentMebibytes(),
          sum(metrics, "jvm_threads_live_threads"),
          handles(),
          rows(database, "stepsync_"),
          rows(database, "soak"));
    }
  }

  private List<String> metrics() throws IOException, InterruptedException {
    return get("/observe/metrics").body().lines().toList();
  }

  /**
   * Asks its status page.
   *
   * @throws IOException if it does not answer, for instance as it has not started yet
   */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + port + path);
    return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
  }

  /** Returns when the runs of each stream began, in their order. */
  public Map<String, List<Instant>> starts() throws SQLException, IOException {
    Map<String, List<Instant>> starts = new TreeMap<>();
    try (Connection database = connection();
        Statement statement = database.createStatement();
        ResultSet runs =
            statement.executeQuery("SELECT stream, started FROM stepsync_run ORDER BY started")) {
      while (runs.next()) {
        starts
            .computeIfAbsent(runs.getString(1), stream -> new ArrayList<>())
            .add(runs.getTimestamp(2).toInstant());
      }
    }
    return starts;
  }

  /** Tells whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  private static long sum(List<String> metrics, String start) {
    return metrics.stream()
        .filter(line -> line.startsWith(start))
        .mapToLong(SoakedProcess::value)
        .sum();
  }

  private static long value(String line) {
    return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** Returns the memory that the operating system counts. */
  public long residentMebibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", pid(), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .sum();
    }
  }

  private long handles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", pid(), "fd"))) {
      return open.count();
    }
  }

  private String pid() {
    return String.valueOf(process.pid());
  }

  /** That of the embedded database goes through the process, as a verb's does. */
  private Connection connection() throws SQLException, IOException {
    Optional<String> served =
        url.startsWith("jdbc:hsqldb:file:")
            ? Hold.other(directory.resolve("data/soak.use")).flatMap(Holder::url)
            : Optional.empty();
    return DriverManager.getConnection(served.orElse(url), user, "");
  }

  private static long rows(Connection database, String start) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        database.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
      while (found.next()) {
        String name = found.getString("TABLE_NAME");
        if (name.toLowerCase(Locale.ROOT).startsWith(start)) {
          names.add(name);
        }
      }
    }
    long rows = 0;
    try (Statement statement = database.createStatement()) {
      for (String name : names) {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM \"" + name + "\"")) {
          count.next();
          rows += count.getLong(1);
        }
      }
    }
    return rows;
  }

  /** Returns what it has logged as warnings and errors, but that a stream is late. */
  public List<String> complaints() throws IOException {
    try (Stream<String> lines = Files.lines(output())) {
      return lines
          .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
          .filter(line -> !line.contains(" late by "))
          .toList();
    }
  }

  private Path output() {
    return directory.resolve("output.txt");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
  }
}
