package io.stepsync.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Answers the requests of the demo API. Thread-safe.
 *
 * <p>An exchange is closed by the end of its answer alone: after an exception the server drops the
 * connection, and the client sees that the answer is not whole.
 */
final class StepHandler implements HttpHandler {
  static final String PATH = "/incremental/step";

  private final Supplier<DemoData> data;

  StepHandler(Supplier<DemoData> data) {
    this.data = data;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (!PATH.equals(exchange.getRequestURI().getPath())) {
      refuse(exchange, 404, "Not found. Ask for " + PATH + "?start_id=1&end_id=1000");
    } else if (!"GET".equals(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET");
      refuse(exchange, 405, "Method not allowed. Use GET");
    } else {
      answer(exchange);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    StepQuery query;
    try {
      query =
          StepQuery.parse(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
    } catch (IllegalArgumentException e) {
      refuse(exchange, 400, e.getMessage());
      return;
    }
    AnswerStream answer = new AnswerStream(exchange);
    RecordWriter.write(data.get(), query, answer);
    answer.send();
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    RecordWriter.writeError(message, body);
    boolean bodiless = "HEAD".equals(exchange.getRequestMethod());
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.size());
    if (!bodiless) {
      body.writeTo(exchange.getResponseBody());
    }
    exchange.close();
  }
}
