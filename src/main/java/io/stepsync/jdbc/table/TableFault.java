package io.stepsync.jdbc.table;

/** A table that cannot take a stream's records as they are. */
public final class TableFault extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String advice;

  /**
   * @param problem what is the matter, with the table's name
   * @param advice what to do about it
   */
  public TableFault(String problem, String advice) {
    super(problem + "; " + advice);
    this.problem = problem;
    this.advice = advice;
  }

  /** Returns what is the matter, in one line. */
  public String problem() {
    return problem;
  }

  /** Returns what to do about it, in one line. */
  public String advice() {
    return advice;
  }
}
