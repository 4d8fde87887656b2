package io.stepsync.routes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** What a driver sends to its server, cut where it then waits for an answer. */
interface ClientMessages {

  /**
   * What is sent at once.
   *
   * @param bytes as they came
   * @param statements the SQL that they have carried out, also where they only name it
   */
  record Sent(ByteArrayOutputStream bytes, List<String> statements) {}

  /** Returns what comes next; null at the end. */
  Sent next() throws IOException;
}
