package io.stepsync.main.served;

import io.stepsync.main.served.Holder.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process gets at an embedded database: it opens the files, which no other does meanwhile, or
 * goes through the process that has them open. Thread-safe.
 */
public final class Access implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  /** So long a database can take to be opened and served, or a brief command to its end. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Hold hold;
  private final String url;
  private final Path database;
  private DatabaseServer server;

  private Access(Hold hold, String url, Path database) {
    this.hold = hold;
    this.url = url;
    this.database = database;
  }

  /**
   * Gets at a database.
   *
   * @param database what the names of its files begin with
   * @param hold the file that tells which process has it
   * @throws IllegalStateException if another process has it, and does not share it; one that is to
   *     {@link Use#RUN} does not go through another
   * @throws IOException if {@code hold} cannot be written
   */
  public static Access to(Path database, Path hold, Use use) throws IOException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      Optional<Hold> own = Hold.take(hold, use);
      if (own.isPresent() || Hold.isOwn(hold)) {
        return new Access(own.orElse(null), null, database);
      }
      Optional<Holder> other = Hold.other(hold);
      if (use == Use.RUN) {
        refuseToRun(other);
      }
      Optional<String> url = use == Use.RUN ? Optional.empty() : other.flatMap(Holder::url);
      if (url.isPresent()) {
        return new Access(null, url.get(), database);
      }
      if (System.nanoTime() > end) {
        throw inUse(other);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Refuses what is to stay while another process has the database for long; changes nothing.
   *
   * @throws IllegalStateException if one has
   */
  public static void refuseToRun(Path hold) throws IOException {
    refuseToRun(Hold.other(hold));
  }

  private static void refuseToRun(Optional<Holder> other) {
    if (other.filter(holder -> holder.use() != Use.BRIEF).isPresent()) {
      throw inUse(other);
    }
  }

  private static IllegalStateException inUse(Optional<Holder> other) {
    return new IllegalStateException(
        "is in use by " + other.map(Holder::shown).orElse("another process"));
  }

  /** Returns the URL of a database that another process has open. */
  public Optional<String> url() {
    return Optional.ofNullable(url);
  }

  /** Tells whether this process has the database for long, so that no other can have a run. */
  public boolean isHeldForLong() {
    return hold != null && hold.use() != Use.BRIEF;
  }

  /** Serves the database, which is open in this process, from now on, if others can use it. */
  public synchronized void serve() {
    if (isHeldForLong()) {
      if (server != null) {
        server.close();
      }
      server = DatabaseServer.serve(database, this::tell);
    }
  }

  private void tell(String address) {
    try {
      hold.tell(address);
    } catch (IOException e) {
      LOG.warn("commands beside this one cannot use the database: {}", e.getMessage());
    }
  }

  /** Tells whether another process is connected. */
  public synchronized boolean isUsed() {
    return server != null && server.isUsed();
  }

  /** Ends what others do; to be called before the database is closed. */
  public synchronized void stopServing() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Lets others open the database; to be called after it was closed. */
  @Override
  public void close() {
    try {
      if (hold != null) {
        hold.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
