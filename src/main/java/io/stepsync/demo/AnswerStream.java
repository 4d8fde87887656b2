package io.stepsync.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of an answer with status 200. It is held back until it is whole and its length known;
 * one that outgrows {@link #MAX_HELD_BYTES} is sent as it comes, so memory stays bounded.
 *
 * <p>Not thread-safe. An answer that was not {@link #send() sent} is not an answer: the caller lets
 * its exception pass, and the server drops the connection.
 */
final class AnswerStream extends OutputStream {
  static final int MAX_HELD_BYTES = 8 << 20;

  private final HttpExchange exchange;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(64 << 10);
  private OutputStream target = held;

  AnswerStream(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (target == held && held.size() + length > MAX_HELD_BYTES) {
      startBody(0); // a length of 0 means one that is not known
    }
    target.write(bytes, offset, length);
  }

  /** Sends what is still held, and ends the answer. */
  void send() throws IOException {
    if (target == held) {
      startBody(held.size());
    }
    target.close();
  }

  private void startBody(long length) throws IOException {
    exchange.sendResponseHeaders(200, length);
    target = exchange.getResponseBody();
    held.writeTo(target);
  }
}
