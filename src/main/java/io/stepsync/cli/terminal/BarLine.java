package io.stepsync.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last line of a terminal, which holds a progress bar. Whatever else is printed meanwhile goes
 * above it, a whole line at a time. Thread-safe.
 */
final class BarLine implements ProgressBarConsumer {

  private static final String CLEARED = "\r\u001b[K";

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private String shown = "";

  /** Takes the standard output and the standard error over, until it is closed. */
  BarLine() {
    System.setOut(new PrintStream(new Above(out), true));
    System.setErr(new PrintStream(new Above(err), true));
  }

  /** The library's own measure would have Ctrl-C end the process at once. */
  @Override
  public int getMaxRenderedLength() {
    return Terminal.width() - 1;
  }

  @Override
  public synchronized void accept(String bar) {
    shown = bar;
    out.print(CLEARED + bar);
    out.flush();
  }

  @Override
  public synchronized void clear() {
    accept("");
  }

  private synchronized void above(PrintStream stream, byte[] lines) {
    out.print(CLEARED);
    out.flush();
    stream.write(lines, 0, lines.length);
    stream.flush();
    accept(shown);
  }

  @Override
  public void close() {
    clear();
    System.setOut(out);
    System.setErr(err);
  }

  /** Collects what is written to a stream, up to the end of a line. */
  private final class Above extends OutputStream {

    private final PrintStream stream;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Above(PrintStream stream) {
      this.stream = stream;
    }

    @Override
    public synchronized void write(int written) {
      write(new byte[] {(byte) written}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      line.write(bytes, offset, length);
      if (length > 0 && bytes[offset + length - 1] == '\n') {
        above(stream, line.toByteArray());
        line.reset();
      }
    }
  }
}
