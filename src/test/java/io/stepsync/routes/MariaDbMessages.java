package io.stepsync.routes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a client of MariaDB or MySQL sends: packets, of which the first of a command says what it
 * is.
 */
final class MariaDbMessages implements ClientMessages {

  private static final int HEADER = 4;
  private static final int COM_QUERY = 3;
  private static final int COM_STMT_PREPARE = 22;

  private final DataInputStream in;

  MariaDbMessages(InputStream in) {
    this.in = new DataInputStream(in);
  }

  @Override
  public Sent next() throws IOException {
    byte[] header = new byte[HEADER];
    try {
      in.readFully(header);
    } catch (EOFException e) {
      return null;
    }
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    byte[] body = new byte[length];
    in.readFully(body);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(header);
    bytes.write(body);
    boolean query =
        header[3] == 0 && length > 0 && (body[0] == COM_QUERY || body[0] == COM_STMT_PREPARE);
    return new Sent(bytes, query ? List.of(statement(body)) : List.of());
  }

  /** MySQL's driver has the number of a query's attributes before it, and of their sets. */
  private static String statement(byte[] body) {
    int start = body.length > 2 && body[1] == 0 && body[2] == 1 ? 3 : 1;
    return new String(body, start, body.length - start, StandardCharsets.UTF_8);
  }
}
