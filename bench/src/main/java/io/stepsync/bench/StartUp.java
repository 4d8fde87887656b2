package io.stepsync.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stepsync.bench.report.Spread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long a process takes from its start to its first request, in a folder in which it
 * ran before.
 */
@Command(
    name = "bench/start",
    description =
        "Measures the time from the start to the first request, beside a bare Camel Main.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class StartUp implements Callable<Integer> {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final Path JAR = Path.of("target/stepsync-bench.jar").toAbsolutePath();
  private static final Path STEPSYNC = Path.of("../target/stepsync.jar").toAbsolutePath();
  private static final Path LAUNCHER = Path.of("target/start/bin/stepsync").toAbsolutePath();
  private static final String BARE = "bare Camel Main";
  private static final String DATABASE = "jdbc:hsqldb:file:data/bare";

  @Option(names = "--rounds", description = "Starts of each; the first of them do not count.")
  private int rounds = 11;

  private Path files;
  private volatile CompletableFuture<Instant> request = new CompletableFuture<>();

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new StartUp()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/", this::answer);
    api.start();
    files = Files.createTempDirectory(Path.of("target"), "start-");
    try {
      measure("http://127.0.0.1:" + api.getAddress().getPort() + "/");
    } finally {
      api.stop(0);
      Directories.delete(files);
    }
    return CommandLine.ExitCode.OK;
  }

  private void measure(String url) throws Exception {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("stepsync", List.of(LAUNCHER.toString(), "run"));
    commands.put("stepsync, no archive", List.of(JAVA, "-jar", STEPSYNC.toString(), "run"));
    commands.put(
        BARE,
        List.of(JAVA, "-cp", JAR.toString(), BareMain.class.getName(), url, DATABASE, freePort()));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int i = 0; i < rounds; i++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        double seconds = seconds(url, command.getKey(), command.getValue());
        if (i > 0) {
          times.computeIfAbsent(command.getKey(), name -> new ArrayList<>()).add(seconds);
        }
      }
    }
    double bare = Spread.of(times.get(BARE)).median();
    times.forEach((name, values) -> print(name, Spread.of(values), bare));
  }

  private static void print(String name, Spread spread, double bare) {
    System.out.printf(
        "%-21s %.2f s (%.2f to %.2f), %.2f of the bare one%n",
        name, spread.median(), spread.min(), spread.max(), spread.median() / bare);
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  private double seconds(String url, String name, List<String> command) throws Exception {
    Path directory = Files.createDirectories(files.resolve(name));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile());
    builder.environment().put("USER_URL", url);
    builder.environment().put("USER_SCHEDULE", "* * * * * ?");
    builder.environment().put("STEPSYNC_DEMO_ENABLED", "false");
    builder.environment().put("STEPSYNC_PAGE_PORT", "0");
    request = new CompletableFuture<>();
    Instant started = Instant.now();
    Process process = builder.start();
    try {
      return Duration.between(started, request.get(1, TimeUnit.MINUTES)).toMillis() / 1000.0;
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    request.complete(Instant.now());
    byte[] body = "{\"data\":[]}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
