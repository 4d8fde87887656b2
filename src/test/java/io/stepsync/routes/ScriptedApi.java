package io.stepsync.routes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** An API that answers each request as a test says. */
public final class ScriptedApi implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What was asked; header names are in lower case. */
  public record Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {

    public long number(String parameter) {
      return Long.parseLong(query.get(parameter));
    }
  }

  /** What is answered. */
  public record Reply(int status, Map<String, String> headers, String body) {

    public static Reply json(String body) {
      return new Reply(200, Map.of("Content-Type", "application/json"), body);
    }

    static Reply status(int status) {
      return new Reply(status, Map.of(), "");
    }

    /** The records of a range of IDs, under {@code data}. */
    public static Reply range(long firstId, long lastId) {
      return json("{\"data\":" + array(LongStream.rangeClosed(firstId, lastId)) + "}");
    }

    public static String array(LongStream ids) {
      return ids.mapToObj(ScriptedApi::record).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** Says what is answered. */
  public interface Script {
    Reply answer(Request request) throws Exception;
  }

  public ScriptedApi(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, script));
    server.start();
  }

  public static String record(long id) {
    return "{\"id\":" + id + ",\"name\":\"n" + id + "\"}";
  }

  private void handle(HttpExchange exchange, Script script) throws IOException {
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            query(exchange.getRequestURI().getRawQuery()),
            exchange.getRequestHeaders().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                        header -> header.getValue().get(0))),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    try (exchange) {
      Reply reply = script.answer(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static Map<String, String> query(String query) {
    return query == null
        ? Map.of()
        : List.of(query.split("&")).stream()
            .map(part -> part.split("=", 2))
            .collect(
                Collectors.toMap(
                    part -> decoded(part[0]),
                    part -> decoded(part.length > 1 ? part[1] : ""),
                    (one, other) -> one + "," + other));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Returns what was asked so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
