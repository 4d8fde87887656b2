package io.stepsync.page;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The files of the page. They are named here one by one and read at the start: a request's path is
 * looked up, never resolved. Thread-safe.
 */
final class PageFiles implements Handler<RoutingContext> {

  private static final String OWN = "/stepsync/page/";
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, PageFile> files = new HashMap<>();

  private record PageFile(String type, Buffer content) {}

  PageFiles() {
    add("/", "text/html; charset=utf-8", OWN + "index.html");
    add("/page.css", STYLE, OWN + "page.css");
    add("/icon.svg", "image/svg+xml", OWN + "icon.svg");
    for (String name : new String[] {"main", "server", "elements", "words", "streams", "tile"}) {
      add("/" + name + ".js", SCRIPT, OWN + name + ".js");
    }
    for (String name :
        new String[] {"picture", "runs", "charts", "dead-letters", "preview", "scroll"}) {
      add("/" + name + ".js", SCRIPT, OWN + name + ".js");
    }
    add("/uplot.js", SCRIPT, CHARTS + "uPlot.esm.js");
    add("/uplot.css", STYLE, CHARTS + "uPlot.min.css");
  }

  private void add(String path, String type, String resource) {
    try (InputStream file = PageFiles.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("the status page lacks " + resource);
      }
      files.put(path, new PageFile(type, Buffer.buffer(file.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void handle(RoutingContext exchange) {
    PageFile file = files.get(exchange.request().path());
    if (file == null) {
      exchange.next();
    } else if (exchange.request().method().equals(HttpMethod.POST)) {
      exchange.response().putHeader("Allow", "GET, HEAD");
      HttpReplies.error(exchange, 405, "the method must be GET or HEAD");
    } else {
      exchange.response().putHeader("Cache-Control", "no-cache");
      HttpReplies.content(exchange, file.type(), file.content());
    }
  }
}
