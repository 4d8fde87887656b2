package io.stepsync.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of an embedded HSQLDB. They hold what the API tells, so they are for the user alone
 * that runs stepsync, where the file system knows users.
 *
 * @param database the path that the files' names begin with
 */
public record DatabaseFiles(Path database) {

  private static final long LEAST_SPACE = 8 << 20;

  private static final String FILE = "jdbc:hsqldb:file:";
  private static final String HOME = "~/";

  /** Returns those of a JDBC URL; nothing if it is of another database. */
  static Optional<DatabaseFiles> of(String url) {
    if (!url.startsWith(FILE)) {
      return Optional.empty();
    }
    String path = url.substring(FILE.length()).split(";", 2)[0];
    Path database =
        path.startsWith(HOME)
            ? Path.of(System.getProperty("user.home"), path.substring(HOME.length()))
            : Path.of(path);
    return Optional.of(new DatabaseFiles(database.toAbsolutePath().normalize()));
  }

  /** Tells whether less space is left than a commit, and closing the database, can need. */
  boolean isFull() {
    return freeSpace() < LEAST_SPACE;
  }

  private long freeSpace() {
    return folder().toFile().getUsableSpace();
  }

  /** Says that the disk is full, where, and what then. */
  String full(String reason) {
    return "the disk is full, %s has %d KB free, %s; make space, and the next run goes on"
        .formatted(folder(), freeSpace() >> 10, reason);
  }

  /** Tells whether there is a log, as the database was not closed in order. */
  boolean isToBeRecovered() {
    return database.resolveSibling(database.getFileName() + ".log").toFile().length() > 0;
  }

  Path folder() {
    return database.getParent();
  }

  /** Makes the folder, closed to others; one that is there is left as it is. */
  void makeFolder() {
    try {
      List<Path> missing =
          Stream.iterate(
                  folder(), folder -> folder != null && !Files.exists(folder), Path::getParent)
              .toList();
      Files.createDirectories(folder());
      for (Path made : missing) {
        close(made, "rwx------");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder() + " cannot be made", e);
    }
  }

  /** Closes the files to others; HSQLDB makes them as the process makes any. */
  void closeToOthers() {
    String name = database.getFileName().toString();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith(name + ".")) {
          close(file, "rw-------");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files in " + folder() + " cannot be closed to others", e);
    }
  }

  private static void close(Path path, String permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }
}
