package io.stepsync.bench.api;

import io.stepsync.demo.DemoApi;
import io.stepsync.demo.DemoSettings;
import java.io.IOException;

/** The demo API in a process of its own, until its input ends. Says its URL on its output. */
public final class ApiMain {

  private ApiMain() {}

  /**
   * Takes the number of records, the n of which each n-th ID is unused (0: none), the milliseconds
   * that each answer waits, and the records that come each second.
   */
  public static void main(String... arguments) throws IOException {
    DemoSettings settings =
        new DemoSettings(
            0,
            Long.parseLong(arguments[0]),
            Integer.parseInt(arguments[1]),
            Double.parseDouble(arguments[3]));
    try (DemoApi api = DemoApi.start(settings, new SlowClock(Long.parseLong(arguments[2])))) {
      System.out.println(api.url());
      while (System.in.read() >= 0) {
        // the parent is there
      }
    }
  }
}
