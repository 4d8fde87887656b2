package io.stepsync.ops;

/** What the help says of parameters that several verbs have. */
final class Descriptions {

  static final String STREAMS = "The streams; all if none is named.";
  static final String JSON = "As JSON, for programs.";

  private Descriptions() {}
}
