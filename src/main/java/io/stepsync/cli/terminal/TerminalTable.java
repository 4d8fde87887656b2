package io.stepsync.cli.terminal;

import io.stepsync.http.ShownText;
import io.stepsync.json.ShortText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text that fits into a line's width: the widest columns are cut first, and the last
 * columns are left out, and named below, where there is no room for them at all. Columns of numbers
 * stand at the right. Widths are counted in code points, and control characters are made harmless.
 *
 * <p>Not thread-safe.
 */
public final class TerminalTable {

  private static final String BETWEEN = "  ";

  /** No column is cut to less than this. */
  private static final int NARROWEST = 6;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  /** A table with these column names, and without a row. */
  public TerminalTable(List<String> headings) {
    this.headings = headings.stream().map(ShownText::harmless).toList();
    this.right = new boolean[headings.size()];
    Arrays.fill(right, true);
  }

  /**
   * Adds a row.
   *
   * @param values one a column; null is shown as nothing
   */
  public TerminalTable row(List<?> values) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      Object value = values.get(i);
      right[i] &= value == null || value instanceof Number;
      row.add(value == null ? "" : ShownText.harmless(value.toString()));
    }
    rows.add(row);
    return this;
  }

  /** Returns the lines of the table for a terminal, each with a line break behind it. */
  @Override
  public String toString() {
    return toString(Terminal.width(), Terminal.isUnicode() ? "…" : "...");
  }

  /** Returns the lines of the table, none of them over {@code width}. */
  String toString(int width, String ellipsis) {
    int[] natural = IntStream.range(0, headings.size()).map(i -> widest(i, width)).toArray();
    int shown = fitting(natural, width);
    int[] widths = narrowed(Arrays.copyOf(natural, shown), width);
    StringBuilder text = new StringBuilder(line(headings, widths, ellipsis));
    rows.forEach(row -> text.append(line(row, widths, ellipsis)));
    if (shown < headings.size()) {
      List<String> hidden = headings.subList(shown, headings.size());
      text.append(cut("not shown: " + String.join(", ", hidden), width, ellipsis)).append("\n");
    }
    return text.toString();
  }

  private int widest(int column, int most) {
    int widest = ShortText.length(headings.get(column));
    for (List<String> row : rows) {
      widest = Math.max(widest, ShortText.length(row.get(column)));
    }
    return Math.min(widest, most);
  }

  /** Returns how many columns have room; one at least. */
  private static int fitting(int[] natural, int width) {
    int needed = -BETWEEN.length();
    for (int i = 0; i < natural.length; i++) {
      needed += BETWEEN.length() + Math.min(natural[i], NARROWEST);
      if (needed > width) {
        return Math.max(1, i);
      }
    }
    return natural.length;
  }

  private static int[] narrowed(int[] widths, int width) {
    int over = IntStream.of(widths).sum() + BETWEEN.length() * (widths.length - 1) - width;
    for (; over > 0; over--) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      widths[widest]--;
    }
    return widths;
  }

  private String line(List<String> values, int[] widths, String ellipsis) {
    return IntStream.range(0, widths.length)
            .mapToObj(i -> padded(cut(values.get(i), widths[i], ellipsis), widths[i], right[i]))
            .collect(Collectors.joining(BETWEEN))
            .stripTrailing()
        + "\n";
  }

  private static String padded(String text, int width, boolean right) {
    String blanks = " ".repeat(width - ShortText.length(text));
    return right ? blanks + text : text + blanks;
  }

  /** Returns {@code text} in at most {@code most} code points. */
  public static String cut(String text, int most, String ellipsis) {
    return ShortText.length(text) <= most
        ? text
        : ShortText.start(text, most - ellipsis.length()) + ellipsis;
  }
}
