package io.stepsync.routes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a client of MariaDB sends: packets, of which the first of a command says what it is. */
final class MariaDbMessages implements ClientMessages {

  private static final int HEADER = 4;
  private static final int COM_QUERY = 3;

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
    boolean query = header[3] == 0 && length > 0 && body[0] == COM_QUERY;
    return new Sent(
        bytes,
        query ? List.of(new String(body, 1, length - 1, StandardCharsets.UTF_8)) : List.of());
  }
}
