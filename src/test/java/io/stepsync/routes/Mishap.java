package io.stepsync.routes;

/** What a network can do to a connection at a statement. */
enum Mishap {
  /** Both sides see the end of the connection; the statement does not come to the server. */
  CUT_BEFORE,
  /** The server has carried the statement out; before its answer the connection ends. */
  CUT_AFTER,
  /** The client sees the end of the connection; the server gets the statement a good deal later. */
  DELIVERED_AFTER_THE_CUT,
  /** The statement comes a good deal later, as a whole. */
  HELD,
  /** From here on all comes byte by byte, in both directions. */
  BYTE_BY_BYTE,
  /** From here on nothing comes to the server, not even the end of the connection. */
  NOTHING_TO_SERVER,
  /** The server carries the statement out; nothing comes to the client from here on. */
  NOTHING_TO_CLIENT
}
