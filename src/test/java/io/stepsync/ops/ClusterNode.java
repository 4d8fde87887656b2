package io.stepsync.ops;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A node of a cluster, in a process and a directory of its own. */
final class ClusterNode implements AutoCloseable {

  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final String PAGE = "status page at ";
  private static final String NEVER = "0 0 0 1 1 ? 2099";

  private final String name;
  private final Workspace workspace;
  private Process process;

  /** Its name is that of its directory, and so is its Camel context's. */
  ClusterNode(Path directory, TestDatabase database) throws IOException {
    name = directory.getFileName().toString();
    Files.createDirectories(directory);
    workspace =
        new Workspace(directory, database)
            .property("stepsync.cluster.enabled", "true")
            .property("stepsync.cluster.node", name)
            .property("stepsync.cluster.check-in", "1s")
            .property("stepsync.cluster.threads", "2")
            .property("stepsync.metrics.enabled", "false")
            .property("stepsync.health.enabled", "false")
            .property("camel.main.name", "context-of-" + name);
  }

  String name() {
    return name;
  }

  Workspace workspace() {
    return workspace;
  }

  ClusterNode stream(String stream, RangeApi api, String schedule) throws IOException {
    return stream(stream, api, schedule, "maxGap: 0");
  }

  /** Writes a stream's file with {@code more} settings. */
  ClusterNode stream(String stream, RangeApi api, String schedule, String more) throws IOException {
    workspace.stream(
        stream,
        """
        url: %s
        table: %s
        primaryKey: id
        columns: "%s"
        stepSize: 100
        fetchAhead: 0
        %s
        """
            .formatted(api.url(), stream, Workspace.USER_COLUMNS, more));
    workspace.edit(stream, NEVER, schedule);
    return this;
  }

  /** Has it serve the status page, on a port of its own. */
  void withPage() throws IOException {
    workspace.property("stepsync.page.enabled", "true").property("stepsync.page.port", "0");
  }

  /** Asks its status page for an action, and returns the answer. */
  String post(String path) throws IOException, InterruptedException {
    awaitOutput(PAGE);
    URI page = URI.create(output().split(PAGE, 2)[1].lines().findFirst().orElseThrow());
    HttpRequest request =
        HttpRequest.newBuilder(page.resolve(path))
            .header("X-Stepsync", "test")
            .POST(BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  /** Sets a key of application.properties. */
  ClusterNode property(String key, String value) throws IOException {
    workspace.property(key, value);
    return this;
  }

  ClusterNode start() throws IOException {
    process = StepsyncProcess.start(workspace.directory(), "run");
    return this;
  }

  String output() {
    try {
      return Files.readString(workspace.directory().resolve("output.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ClusterNode awaitOutput(String text) {
    await(name + ": " + text).atMost(LONGEST_WAIT).until(() -> output().contains(text));
    return this;
  }

  /** Sends the process a signal, such as STOP. */
  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
