package io.stepsync.cli.verify;

import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.http.ShownText;
import io.stepsync.verify.RowDifference;
import io.stepsync.verify.VerifyReport;
import java.util.Arrays;
import java.util.List;

/** A report for a terminal: the outcome in a line, and a table of the first differences. */
record VerifyText(VerifyReport report) {

  private static final int SHOWN = 20;
  private static final List<String> HEADINGS =
      List.of("ID", "what", "column", "in the API", "in the table");

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s%n".formatted(report.stream(), ShownText.harmless(report.getSummary())));
    if (report.surplus() == null) {
      text.append(
          "%s: no column holds the ID, so rows that the API lacks were not looked for%n"
              .formatted(report.stream()));
    }
    if (!report.differences().isEmpty()) {
      TerminalTable table = new TerminalTable(HEADINGS);
      report.differences().stream().limit(SHOWN).forEach(difference -> add(table, difference));
      text.append(table);
    }
    long more = report.getDifferenceCount() - SHOWN;
    if (more > 0) {
      text.append("and %d more%n".formatted(more));
    }
    return text.toString();
  }

  private static void add(TerminalTable table, RowDifference difference) {
    String what =
        switch (difference.kind()) {
          case MISSING -> "missing";
          case DIFFERENT -> "different";
          case SURPLUS -> "not in the API";
          case UNANSWERED -> "no answer";
        };
    if (difference.columns().isEmpty()) {
      table.row(Arrays.asList(difference.id(), what, null, null, null));
      return;
    }
    Object id = difference.id();
    for (RowDifference.Value value : difference.columns()) {
      table.row(Arrays.asList(id, what, value.column(), value.api(), value.table()));
      id = null;
      what = null;
    }
  }
}
