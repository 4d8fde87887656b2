package io.stepsync.routes;

import io.stepsync.camel.FairJobStore;
import io.stepsync.main.Standalone;
import io.stepsync.page.StatusPage;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;

/** A standalone stepsync in this JVM, with all that it serves; no trigger fires. */
record Observed(CamelContext context, String url) {

  /** What is done while it runs. */
  interface Work {
    void with(Observed stepsync) throws Exception;
  }

  /** A directory with a database in memory, which outlives a stepsync. */
  static Workspace workspace(Path directory) throws IOException {
    String name = "observed-" + UUID.randomUUID();
    String database = "jdbc:hsqldb:mem:" + name;
    return new Workspace(directory, new TestDatabase(database, database, "SA", ""))
        .property("camel.main.name", name);
  }

  static void during(Workspace workspace, Work work) throws Exception {
    Standalone standalone = workspace.load();
    FairJobStore.use(standalone.context(), 1);
    StatusPage page = standalone.serve().orElseThrow();
    standalone.withoutTriggers(
        context -> {
          work.with(new Observed(context, page.url()));
          return null;
        });
  }

  Run sync(String stream) throws Exception {
    return Standalone.run(context, stream, RunKind.SYNC);
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(path, "*/*");
  }

  /** Asks as browsers and Prometheus do: without an offer to go on in HTTP/2. */
  HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url).resolve(path)).header("Accept", accept).build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** Sends a target as it is, which no client does, and returns the status of the answer. */
  int status(String method, String target) throws IOException {
    URI page = URI.create(url);
    try (Socket socket = new Socket(page.getHost(), page.getPort())) {
      String head =
          method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return Integer.parseInt(new String(answer, StandardCharsets.US_ASCII).split(" ", 3)[1]);
    }
  }

  /** Asks one of Camel's consoles, as its own command line does. */
  String console(String id, Map<String, Object> options) {
    DevConsoleRegistry consoles =
        context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
    return String.valueOf(
        consoles.getConsole(id).orElseThrow().call(DevConsole.MediaType.TEXT, options));
  }

  Scrape scrape() throws Exception {
    return Scrape.parse(get("/observe/metrics").body());
  }
}
