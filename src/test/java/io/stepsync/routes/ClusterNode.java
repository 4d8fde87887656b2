package io.stepsync.routes;

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

/** A node of a cluster, in a process and a directory of its own. */
public final class ClusterNode implements AutoCloseable {

  private static final String PAGE = "status page at ";

  private final String name;
  private final Workspace workspace;
  private Process process;

  /** Its name is that of its directory, and so is its Camel context's. */
  public ClusterNode(Path directory, TestDatabase database) throws IOException {
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

  public String name() {
    return name;
  }

  public Workspace workspace() {
    return workspace;
  }

  public ClusterNode stream(String stream, RangeApi api, String schedule) throws IOException {
    return stream(stream, api, schedule, "maxGap: 0");
  }

  /** Writes a stream's file with {@code more} settings. */
  public ClusterNode stream(String stream, RangeApi api, String schedule, String more)
      throws IOException {
    workspace.stream(stream, settings(stream, api, more), schedule);
    return this;
  }

  /** Writes a stream's file with a plain route as its trigger. */
  public ClusterNode plainStream(String stream, RangeApi api, String schedule) throws IOException {
    workspace.write(
        "routes/streams/" + stream + ".camel.yaml",
        Workspace.plainTrigger(stream, settings(stream, api, "maxGap: 0"), schedule));
    return this;
  }

  private static String settings(String stream, RangeApi api, String more) {
    return """
        url: %s
        table: %s
        primaryKey: id
        columns: "%s"
        stepSize: 100
        fetchAhead: 0
        %s
        """
        .formatted(api.url(), stream, Workspace.USER_COLUMNS, more);
  }

  /** Has it serve the status page, on a port of its own. */
  public void withPage() throws IOException {
    workspace.property("stepsync.page.enabled", "true");
  }

  /** Asks its status page for an action, and returns the answer. */
  public String post(String path) throws IOException, InterruptedException {
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
  public ClusterNode property(String key, String value) throws IOException {
    workspace.property(key, value);
    return this;
  }

  public ClusterNode start() throws IOException {
    process = StepsyncProcess.start(workspace.directory(), "run");
    return this;
  }

  public String output() {
    try {
      return Files.readString(workspace.directory().resolve("output.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ClusterNode awaitOutput(String text) {
    await(name + ": " + text)
        .failFast("the process has ended", () -> !process.isAlive() && !output().contains(text))
        .until(() -> output().contains(text));
    return this;
  }

  /** Sends the process a signal, such as STOP. */
  public void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
