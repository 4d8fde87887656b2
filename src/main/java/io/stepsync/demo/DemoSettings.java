package io.stepsync.demo;

/**
 * The settings of the demo API.
 *
 * <p>Immutable.
 *
 * @param port {@code stepsync.demo.port}: the TCP port on 127.0.0.1, 0 to 65535; 0 takes any free
 *     one
 * @param records {@code stepsync.demo.records}: how many records exist at the start, at least 0
 * @param gapEvery {@code stepsync.demo.gap-every}: each n-th ID is unused, n at least 2; 0 leaves
 *     no gaps
 * @param growPerSecond {@code stepsync.demo.grow-per-second}: records added in each second while it
 *     runs, at least 0 and finite; 0.1 is one each ten seconds
 */
public record DemoSettings(int port, long records, int gapEvery, double growPerSecond) {

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public DemoSettings {
    check(port >= 0 && port <= 65535, "port must be 0..65535", port);
    check(records >= 0, "records must be >= 0", records);
    check(gapEvery == 0 || gapEvery >= 2, "gap-every must be 0 or >= 2", gapEvery);
    check(growPerSecond >= 0, "grow-per-second must be >= 0", growPerSecond);
    check(Double.isFinite(growPerSecond), "grow-per-second must be finite", growPerSecond);
  }

  private static void check(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException("stepsync.demo." + rule + ", was " + value);
    }
  }
}
