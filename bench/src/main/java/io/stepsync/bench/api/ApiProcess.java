package io.stepsync.bench.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The demo API in another JVM, which all rivals share. */
public final class ApiProcess implements AutoCloseable {

  private final Process process;
  private final URI url;

  private ApiProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts the API with so many records, and each n-th ID unused where n is not 0; it answers when
   * this returns.
   */
  public static ApiProcess start(long records, int gapEvery, long latencyMillis)
      throws IOException {
    return start(records, gapEvery, latencyMillis, 0);
  }

  /** As the other, with so many more records each second. */
  public static ApiProcess start(
      long records, int gapEvery, long latencyMillis, double growPerSecond) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ApiMain.class.getName(),
                Long.toString(records),
                Integer.toString(gapEvery),
                Long.toString(latencyMillis),
                Double.toString(growPerSecond))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    String url = output.readLine();
    if (url == null) {
      throw new IOException("the API did not start");
    }
    return new ApiProcess(process, URI.create(url));
  }

  /** Returns the URL of the endpoint, without parameters. */
  public URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
