package io.stepsync.ops;

import io.stepsync.camel.Run;
import io.stepsync.camel.RunKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.camel.CamelContext;

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
        .property("camel.main.name", name)
        .property("stepsync.page.port", "0");
  }

  static void during(Workspace workspace, Work work) throws Exception {
    Standalone standalone = workspace.load();
    String url = standalone.serve().orElseThrow().url();
    standalone.withoutTriggers(
        context -> {
          work.with(new Observed(context, url));
          return null;
        });
  }

  Run sync(String stream) throws Exception {
    return Standalone.run(context, stream, RunKind.SYNC);
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(path, "*/*");
  }

  HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url).resolve(path)).header("Accept", accept).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  Scrape scrape() throws Exception {
    return Scrape.parse(get("/observe/metrics").body());
  }
}
