package io.stepsync.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
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
    Path at = folder();
    while (!Files.exists(at)) {
      at = at.getParent();
    }
    return at.toFile().getUsableSpace();
  }

  /** Says that the disk is full, where, and what then. */
  String full(String reason) {
    return "the disk is full, %s has %d KB free, %s; make space, and the next run goes on"
        .formatted(folder(), freeSpace() >> 10, reason);
  }

  /** Tells whether there is a log, as the database was not closed in order. */
  boolean isToBeRecovered() {
    return sibling(".log").toFile().length() > 0;
  }

  Path folder() {
    return database.getParent();
  }

  /** Returns the file that tells which process has the database. */
  Path hold() {
    return sibling(".use");
  }

  /** Tells whether there is a database. */
  boolean areThere() {
    return Files.exists(sibling(".properties")) || Files.exists(sibling(".script"));
  }

  private Path sibling(String ending) {
    return database.resolveSibling(database.getFileName() + ending);
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
      throw cannotWrite(e);
    }
  }

  /** Says why a file of the database cannot be made or written, and what to do about it. */
  IllegalStateException cannotWrite(IOException reason) {
    Path at = folder();
    while (!Files.exists(at)) {
      at = at.getParent();
    }
    String user = System.getProperty("user.name");
    String message;
    if (!Files.isDirectory(at)) {
      message = "%s is no folder, the database is to be in %s".formatted(at, folder());
    } else if (isFull()) {
      message = full("the database needs more to be opened");
    } else if (reason instanceof AccessDeniedException || !Files.isWritable(at)) {
      message =
          "the user %s may not write %s; give the user the folder, or name another in stepsync.datasource.url"
              .formatted(user, denied(reason, at));
    } else {
      message = "the database cannot be opened in %s: %s".formatted(at, reason.getMessage());
    }
    return new IllegalStateException(message, reason);
  }

  private static String denied(IOException reason, Path folder) {
    return reason instanceof AccessDeniedException denied && Files.exists(Path.of(denied.getFile()))
        ? denied.getFile()
        : "in " + folder;
  }

  /**
   * @throws IllegalStateException if a database that is not there could not be made
   */
  void requireMakeable() {
    Path at = folder();
    while (!Files.exists(at)) {
      at = at.getParent();
    }
    if (!Files.isDirectory(at) || !Files.isWritable(at)) {
      throw cannotWrite(new AccessDeniedException(at.toString()));
    }
  }

  /**
   * @throws IllegalStateException if there is a file of the database that cannot be written
   */
  void requireWritable() {
    for (String ending : List.of(".properties", ".script", ".log", ".data", ".lobs", ".lck")) {
      Path file = sibling(ending);
      if (Files.exists(file) && !Files.isWritable(file)) {
        throw cannotWrite(new AccessDeniedException(file.toString()));
      }
    }
    if (!Files.isWritable(folder())) {
      throw cannotWrite(new AccessDeniedException(folder().toString()));
    }
  }

  /** Makes the only file of a database that has one, closed to others, if it is not there. */
  void makeFile() {
    makeFolder();
    try {
      close(Files.createFile(database), "rw-------");
    } catch (FileAlreadyExistsException e) {
      return; // a file that is there is left as it is
    } catch (IOException e) {
      throw cannotWrite(e);
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
