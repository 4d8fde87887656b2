package io.stepsync.bench.report;

import java.util.List;

/** The results as a picture: a bar a rival, with a line from its slowest to its fastest round. */
public final class Chart {

  private static final int LEFT = 130;
  private static final int TOP = 50;
  private static final int BAR = 22;
  private static final int PITCH = 34;
  private static final int LENGTH = 480;

  private final Results results;
  private final double fastest;
  private final StringBuilder svg = new StringBuilder();

  private Chart(Results results) {
    this.results = results;
    this.fastest =
        results.rivals().stream().mapToDouble(r -> results.rate(r).max()).max().orElse(1);
  }

  /** Returns the SVG text. */
  public static String of(Conditions conditions, Results results) {
    return new Chart(results).draw(conditions.title());
  }

  private String draw(String title) {
    List<String> rivals = results.rivals();
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"740\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        TOP + rivals.size() * PITCH + 10);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    add("<text x=\"10\" y=\"24\" font-size=\"15\">rows/s: %s</text>", escaped(title));
    for (int i = 0; i < rivals.size(); i++) {
      bar(rivals.get(i), TOP + i * PITCH);
    }
    add("</svg>");
    return svg.toString();
  }

  private void bar(String rival, int y) {
    Spread rate = results.rate(rival);
    int middle = y + BAR / 2;
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, middle + 5, rival);
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        LEFT,
        y,
        length(rate.median()),
        BAR,
        rival.equals(results.reference()) ? "#2b6cb0" : "#a0aec0");
    add(
        "<path d=\"M%.1f %dH%.1f\" stroke=\"black\" stroke-width=\"1.5\"/>",
        LEFT + length(rate.min()), middle, LEFT + length(rate.max()));
    add(
        "<text x=\"%.1f\" y=\"%d\">%,.0f</text>",
        LEFT + length(rate.max()) + 8, middle + 5, rate.median());
  }

  private double length(double rate) {
    return LENGTH * rate / fastest;
  }

  private void add(String line, Object... values) {
    svg.append(String.format(java.util.Locale.ROOT, line, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
