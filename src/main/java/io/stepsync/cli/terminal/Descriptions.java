package io.stepsync.cli.terminal;

/** What the help says of parameters that several verbs have. */
public final class Descriptions {

  public static final String STREAMS = "The streams; all if none is named.";
  public static final String JSON = "As JSON, for programs.";

  private Descriptions() {}
}
