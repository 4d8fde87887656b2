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
import java.util.List;
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

  @Option(names = "--rounds", description = "Starts of each; the first of them do not count.")
  private int rounds = 11;

  private final Path jar = Path.of("target/stepsync-bench.jar").toAbsolutePath();
  private final Path stepsync = Path.of("../target/stepsync.jar").toAbsolutePath();
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
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      double first = seconds(url, List.of("-jar", stepsync.toString(), "run"));
      double second =
          seconds(
              url,
              List.of(
                  "-cp",
                  jar.toString(),
                  BareMain.class.getName(),
                  url,
                  "jdbc:hsqldb:file:data/bare",
                  freePort()));
      if (i > 0) {
        ours.add(first);
        bare.add(second);
      }
    }
    print("stepsync run", Spread.of(ours));
    print("bare Camel Main", Spread.of(bare));
    System.out.printf("ratio %.2f%n", Spread.of(ours).median() / Spread.of(bare).median());
  }

  private static void print(String name, Spread spread) {
    System.out.printf(
        "%-16s %.2f s (%.2f to %.2f)%n", name, spread.median(), spread.min(), spread.max());
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  private double seconds(String url, List<String> arguments) throws Exception {
    Path directory =
        Files.createDirectories(files.resolve(arguments.contains("run") ? "stepsync" : "bare"));
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(arguments);
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
