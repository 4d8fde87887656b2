package io.stepsync.main.served;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one process to open an embedded database: a lock on a file beside the data, which
 * the operating system takes back when the process ends in whatever way. The file tells who has it
 * and, to its own user alone, where and under which secret name the database is served.
 *
 * <p>Thread-safe.
 */
public final class Hold implements AutoCloseable {

  /** Behind all that is read: where locks are mandatory, they would keep others from reading. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /** To close any channel of a file takes all locks back that this process has on it. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final Holder.Use use;
  private final FileChannel channel;

  private Hold(Path file, Holder.Use use, FileChannel channel) {
    this.file = file;
    this.use = use;
    this.channel = channel;
  }

  /**
   * Takes the right to a database; nothing if a process has it.
   *
   * @throws IOException if the file cannot be made or written
   */
  public static Optional<Hold> take(Path file, Holder.Use use) throws IOException {
    if (!OWN.add(file)) {
      return Optional.empty();
    }
    Optional<FileChannel> channel = Optional.empty();
    try {
      channel = locked(file);
      if (channel.isPresent()) {
        Hold hold = new Hold(file, use, channel.get());
        hold.tell("");
        return Optional.of(hold);
      }
      return Optional.empty();
    } finally {
      if (channel.isEmpty()) {
        OWN.remove(file);
      }
    }
  }

  Holder.Use use() {
    return use;
  }

  /** Tells whether this process has the right to a database. */
  public static boolean isOwn(Path file) {
    return OWN.contains(file);
  }

  /**
   * Returns which other process has the right to a database, and changes nothing; nothing if none
   * has, or if it is not known yet.
   *
   * @throws IOException if the file cannot be read
   */
  public static Optional<Holder> other(Path file) throws IOException {
    if (isOwn(file) || !Files.exists(file) || !Files.isWritable(file)) {
      return Optional.empty();
    }
    Optional<FileChannel> free = locked(file);
    if (free.isPresent()) {
      free.get().close();
      return Optional.empty();
    }
    return Holder.parse(Files.readString(file));
  }

  private static Optional<FileChannel> locked(Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileChannel channel = FileChannel.open(file, options, forItsUserAlone());
    FileLock lock = null;
    try {
      lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock == null ? Optional.empty() : Optional.of(channel);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static FileAttribute<?>[] forItsUserAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Tells others where the database is served.
   *
   * @param address host, port and name; empty if it is not served
   */
  public synchronized void tell(String address) throws IOException {
    byte[] text =
        new Holder(ProcessHandle.current().pid(), use, address)
            .text()
            .getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(text), 0);
    channel.truncate(text.length);
  }

  /** Gives the right back, once. The file stays: another may have its lock already. */
  @Override
  public synchronized void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.truncate(0);
    } finally {
      channel.close();
      OWN.remove(file);
    }
  }
}
