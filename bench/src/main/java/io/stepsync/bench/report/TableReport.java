package io.stepsync.bench.report;

/** The results as a text, a line a rival. */
public final class TableReport {

  private TableReport() {}

  /** Returns the lines. */
  public static String of(Conditions conditions, Results results) {
    StringBuilder text = new StringBuilder("\n").append(conditions.title()).append('\n');
    text.append(
        String.format(
            "%d cores, Java %s, load %.1f%n%n",
            conditions.cores(), conditions.java(), conditions.load()));
    text.append(
        String.format(
            "%-18s%10s%10s%10s   %s is so many times as fast%n",
            "rows/s", "median", "min", "max", results.reference()));
    for (String rival : results.rivals()) {
      Spread rate = results.rate(rival);
      text.append(
          String.format(
              "%-18s%,10.0f%,10.0f%,10.0f   %s%n",
              rival, rate.median(), rate.min(), rate.max(), ratio(results, rival)));
    }
    results
        .skipped()
        .forEach((rival, reason) -> text.append(String.format("%-18s%s%n", rival, reason)));
    return text.toString();
  }

  private static String ratio(Results results, String rival) {
    return results
        .ratio(rival)
        .map(r -> String.format("%.2f (%.2f to %.2f)", r.median(), r.min(), r.max()))
        .orElse("");
  }
}
