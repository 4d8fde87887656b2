package io.stepsync.bench.soak;

/**
 * What a process holds at a moment.
 *
 * @param minute since the start
 * @param runs that have ended so far
 * @param failed of those
 * @param heapMebibytes live, after a full collection of garbage
 * @param residentMebibytes that the operating system counts
 * @param handles the files, sockets and pipes that are open
 * @param ownRows the rows of stepsync's own tables
 */
public record Look(
    int minute,
    long runs,
    long failed,
    long heapMebibytes,
    long residentMebibytes,
    long threads,
    long handles,
    long ownRows,
    long copiedRows) {

  /** What the columns of {@link #print} are. */
  public static final String HEAD =
      "minute  runs/s  failed  heap MiB  resident MiB  threads  open files  own rows  copied rows";

  /** Prints it as a line; the runs a second are those since an earlier one, if there is one. */
  public void print(Look earlier) {
    double rate =
        earlier == null
            ? runs / 60.0 / minute
            : (runs - earlier.runs) / 60.0 / (minute - earlier.minute);
    System.out.printf(
        "%6d  %6.1f  %6d  %8d  %12d  %7d  %10d  %,8d  %,11d%n",
        minute,
        rate,
        failed,
        heapMebibytes,
        residentMebibytes,
        threads,
        handles,
        ownRows,
        copiedRows);
  }
}
