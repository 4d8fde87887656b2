package io.stepsync.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.UUID;

/** Answers a request. Thread-safe. */
final class HttpReplies {

  private static final ObjectMapper JSON = new ObjectMapper();

  private HttpReplies() {}

  /** Answers with {@code {"error": message}}. */
  static void error(RoutingContext exchange, int status, String message) {
    exchange.response().setStatusCode(status);
    body(exchange, "application/json", json(Map.of("error", message)));
  }

  /** Answers with a value as JSON; where the caller has it already, with nothing. */
  static void json(RoutingContext exchange, Buffer json) {
    content(exchange, "application/json", json);
  }

  static void content(RoutingContext exchange, String type, Buffer content) {
    String tag = '"' + UUID.nameUUIDFromBytes(content.getBytes()).toString() + '"';
    exchange.response().putHeader("ETag", tag);
    if (tag.equals(exchange.request().getHeader("If-None-Match"))) {
      exchange.response().setStatusCode(304).end();
    } else {
      body(exchange, type, content);
    }
  }

  private static void body(RoutingContext exchange, String type, Buffer content) {
    HttpServerResponse response = exchange.response();
    response.putHeader("Content-Type", type);
    response.putHeader("Content-Length", String.valueOf(content.length()));
    if (exchange.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(content);
    }
  }

  static Buffer json(Object value) {
    try {
      return Buffer.buffer(JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
