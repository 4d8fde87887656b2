package io.stepsync.store.alive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The process in which a run goes on, in words by which another process of the same machine can
 * tell whether it is still there. Immutable.
 *
 * @param id the operating system's
 * @param host the name of its machine
 * @param space where its ID counts, as each container has IDs of its own; {@code -} where all
 *     processes of a machine share theirs
 * @param start when it was started, as its machine counts: of two processes with one ID only one
 *     has it
 */
public record RunProcess(long id, String host, String space, String start) {

  private static final Path PROC = Path.of("/proc");
  private static final int PARTS = 3;

  /** In /proc/ID/stat, behind the name in parentheses: ticks since the machine was started. */
  private static final int TICKS = 19;

  /** There, and first: it has ended, and its parent has not asked how. */
  private static final String ENDED = "Z";

  private static final RunProcess OWN =
      of(ProcessHandle.current()); // the last: it needs those above

  /** Whether a process is still there. */
  public enum Life {
    HERE,
    ALIVE,
    GONE,
    /** It was on another machine, or in another container. */
    UNKNOWN
  }

  /** Returns the process that this is. */
  public static RunProcess own() {
    return OWN;
  }

  private static RunProcess of(ProcessHandle process) {
    return new RunProcess(process.pid(), hostName(), spaceName(), startOf(process).orElse("-"));
  }

  /** Returns it as the table of runs keeps it, in at most 300 characters. */
  public String text() {
    return id + "@" + host + " " + space + " " + start;
  }

  /** Returns it for people, such as {@code 4711@alice}; {@code text} is what the table has. */
  public static String shown(String text) {
    return text.split(" ", 2)[0];
  }

  /**
   * Returns whether a process is still there.
   *
   * @param text what the table has; null for nothing
   */
  public static Life lifeOf(String text) {
    return parse(text).map(RunProcess::life).orElse(Life.UNKNOWN);
  }

  private static Optional<RunProcess> parse(String text) {
    String[] parts = text == null ? new String[0] : text.split(" ", PARTS);
    int at = parts.length < PARTS ? -1 : parts[0].indexOf('@');
    return at < 0 || !parts[0].substring(0, at).matches("\\d{1,18}")
        ? Optional.empty()
        : Optional.of(
            new RunProcess(
                Long.parseLong(parts[0].substring(0, at)),
                parts[0].substring(at + 1),
                parts[1],
                parts[2]));
  }

  private Life life() {
    if (equals(OWN)) {
      return Life.HERE;
    }
    if (!host.equals(OWN.host) || !space.equals(OWN.space) || !areOthersSeen()) {
      return Life.UNKNOWN;
    }
    Optional<String> now = ProcessHandle.of(id).flatMap(RunProcess::startOf);
    return now.filter(start::equals).isPresent() ? Life.ALIVE : Life.GONE;
  }

  /** A machine may hide the processes of other users: the first one is root's. */
  private static boolean areOthersSeen() {
    return !Files.exists(PROC) || Files.exists(PROC.resolve("1"));
  }

  private static String hostName() {
    try {
      Path name = PROC.resolve("sys/kernel/hostname");
      String host =
          Files.exists(name)
              ? Files.readString(name).strip()
              : InetAddress.getLocalHost().getHostName();
      return host.replaceAll("[\\s@]", "_");
    } catch (UnknownHostException e) {
      return unknown();
    } catch (IOException e) {
      return unknown();
    }
  }

  /** No other process has it. */
  private static String unknown() {
    return UUID.randomUUID().toString();
  }

  private static String spaceName() {
    try {
      Path space = PROC.resolve("self/ns/pid");
      return Files.exists(space) ? Files.readSymbolicLink(space).toString() : "-";
    } catch (IOException e) {
      return unknown();
    }
  }

  /**
   * The time of day of a start is another once the clock was set, so where there is one, the count
   * since the machine was started is taken, and which start of the machine that was.
   */
  private static Optional<String> startOf(ProcessHandle process) {
    Path stat = PROC.resolve(process.pid() + "/stat");
    Path boot = PROC.resolve("sys/kernel/random/boot_id");
    if (!Files.exists(boot)) {
      return process.info().startInstant().map(Instant::toString);
    }
    try {
      String text = Files.readString(stat);
      List<String> fields = List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
      return fields.get(0).equals(ENDED)
          ? Optional.empty()
          : Optional.of(fields.get(TICKS) + "/" + Files.readString(boot).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
