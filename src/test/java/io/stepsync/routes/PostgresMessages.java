package io.stepsync.routes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client of PostgreSQL sends, by its protocol 3: a statement is parsed under a name, and
 * from then on bound by that name alone. Used by one thread.
 */
final class PostgresMessages implements ClientMessages {

  /** Those that the server does not answer before another one comes. */
  private static final String UNANSWERED = "PBEDC";

  private final DataInputStream in;
  private final Map<String, String> parsed = new HashMap<>();
  private boolean started;

  PostgresMessages(InputStream in) {
    this.in = new DataInputStream(in);
  }

  @Override
  public Sent next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> statements = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        more = started ? message(new DataOutputStream(bytes), statements) : start(bytes);
      }
    } catch (EOFException e) {
      return null;
    }
    return new Sent(bytes, statements);
  }

  /** The first message has no type; it can be asked before whether the server encrypts. */
  private boolean start(ByteArrayOutputStream bytes) throws IOException {
    byte[] body = body(new DataOutputStream(bytes));
    started = ByteBuffer.wrap(body).getShort() == 3;
    return false;
  }

  private boolean message(DataOutputStream bytes, List<String> statements) throws IOException {
    char type = (char) in.readUnsignedByte();
    bytes.write(type);
    ByteBuffer body = ByteBuffer.wrap(body(bytes));
    switch (type) {
      case 'P' -> parsed.put(text(body), text(body));
      case 'B' -> {
        text(body); // the portal
        statements.add(parsed.get(text(body)));
      }
      case 'Q' -> statements.add(text(body));
      default -> {}
    }
    return UNANSWERED.indexOf(type) >= 0;
  }

  private byte[] body(DataOutputStream bytes) throws IOException {
    int length = in.readInt();
    byte[] body = new byte[length - Integer.BYTES];
    in.readFully(body);
    bytes.writeInt(length);
    bytes.write(body);
    return body;
  }

  /** Texts end with a NUL. */
  private static String text(ByteBuffer body) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte next = body.get(); next != 0; next = body.get()) {
      text.write(next);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
