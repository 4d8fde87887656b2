package io.stepsync.page;

import static io.stepsync.LongestWait.LONGEST_WAIT;

import io.stepsync.camel.FairJobStore;
import io.stepsync.main.Page;
import io.stepsync.main.Standalone;
import io.stepsync.routes.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;

/** A standalone run in this JVM, whose status page is served; its schedules fire in 2099. */
public final class PageServer implements AutoCloseable {

  private final CompletableFuture<StatusPage> page = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  public PageServer(Workspace workspace) {
    Standalone standalone = workspace.load();
    FairJobStore.use(standalone.context(), 1);
    thread = new Thread(() -> run(standalone), "page-server");
    thread.start();
  }

  private void run(Standalone standalone) {
    try {
      standalone.withoutTriggers(
          context -> {
            page.complete(Page.serve(context).orElseThrow());
            startTriggers(context);
            closed.await();
            return null;
          });
    } catch (Exception e) {
      page.completeExceptionally(e);
    }
  }

  private static void startTriggers(CamelContext context) throws Exception {
    context.getComponent("quartz", QuartzComponent.class).getScheduler().start();
  }

  /** Returns where the page is, once it is there. */
  URI url() throws Exception {
    return URI.create(page.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS).url());
  }

  /** Asks for a path below the page's, and returns the answer. */
  public String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(url().resolve(path)).build());
  }

  /** Asks for an action, and returns the answer. */
  public String post(String path) throws Exception {
    return send(
        HttpRequest.newBuilder(url().resolve(path))
            .header("X-Stepsync", "test")
            .POST(BodyPublishers.noBody())
            .build());
  }

  private static String send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    thread.join();
  }
}
