package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * The databases that stepsync knows: each {@link Dialect} that a jar beside this class names in
 * {@code META-INF/services/io.stepsync.jdbc.Dialect}, so that a jar of one's own adds a database.
 * They are looked for once, at the first question; each question throws {@link
 * IllegalStateException}, with the classes' names, if one cannot be made or two are of one
 * database. Thread-safe.
 */
public final class Dialects {

  private static List<Dialect> all;

  private Dialects() {}

  private static synchronized List<Dialect> all() {
    if (all == null) {
      all = load(Dialect.class.getClassLoader());
    }
    return all;
  }

  /**
   * Makes the dialects that the jars of {@code loader} name.
   *
   * @throws IllegalStateException if one cannot be made, or two are of one database
   */
  static List<Dialect> load(ClassLoader loader) {
    List<Dialect> dialects = new ArrayList<>();
    try {
      ServiceLoader.load(Dialect.class, loader).forEach(dialects::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException(
          "a dialect cannot be made: "
              + e.getMessage()
              + (e.getCause() == null ? "" : ": " + e.getCause()),
          e);
    }
    Map<String, Dialect> known = new HashMap<>();
    for (Dialect dialect : dialects) {
      requireOne("jdbc:" + dialect.urlWord() + ":", dialect, known);
      requireOne(dialect.database(), dialect, known);
    }
    return List.copyOf(dialects);
  }

  private static void requireOne(String name, Dialect dialect, Map<String, Dialect> known) {
    Dialect other = known.put(name, dialect);
    if (other != null) {
      throw both(name, other, dialect);
    }
  }

  private static IllegalStateException both(String name, Dialect one, Dialect other) {
    return new IllegalStateException(
        "one dialect must be of %s, there were %s and %s"
            .formatted(name, one.getClass().getName(), other.getClass().getName()));
  }

  /**
   * Returns the dialect of the database behind {@code connection}.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   * @throws IllegalStateException if two dialects take it for theirs
   */
  public static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    List<Dialect> found = all().stream().filter(dialect -> dialect.isProduct(product)).toList();
    if (found.size() > 1) {
      throw both(product, found.get(0), found.get(1));
    }
    return found.stream().findFirst().orElseThrow(() -> unknown(product));
  }

  /**
   * Returns the dialect of the database that a JDBC URL names; the database is not opened.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   */
  public static Dialect of(String url) {
    return find(url).orElseThrow(() -> unknown(word(url)));
  }

  /** As {@link #of(String)}, with nothing for a database that stepsync does not know. */
  public static Optional<Dialect> find(String url) {
    return all().stream().filter(dialect -> dialect.urlWord().equals(word(url))).findFirst();
  }

  /** Returns how the JDBC URLs of the databases begin, such as {@code jdbc:hsqldb:}. */
  public static List<String> urlStarts() {
    return all().stream().map(dialect -> "jdbc:" + dialect.urlWord() + ":").sorted().toList();
  }

  /** Returns the SQLSTATE that says what {@code e} means, as {@link Dialect#sqlState} has it. */
  public static String sqlState(SQLException e) {
    return all().stream()
        .flatMap(dialect -> dialect.sqlState(e).stream())
        .findFirst()
        .orElse(e.getSQLState());
  }

  private static String word(String url) {
    return url.matches("jdbc:\\w+:.*") ? url.split(":", 3)[1] : "another";
  }

  private static IllegalArgumentException unknown(String database) {
    return new IllegalArgumentException(
        "the database must be " + names(dialect -> true) + ", was " + database);
  }

  /** Returns a JDBC URL as it may be shown: without its user, and what can hold secrets. */
  public static String shownUrl(String url) {
    return url.split("[?;]", 2)[0].replaceAll("//[^/@]*@", "//");
  }

  /** Returns the names of the databases that {@code wanted} takes, with an "or" before the last. */
  public static String names(Predicate<Dialect> wanted) {
    List<String> names = all().stream().filter(wanted).map(Dialect::database).toList();
    String last = names.get(names.size() - 1);
    return names.size() == 1
        ? last
        : names.stream().limit(names.size() - 1).collect(joining(", ")) + " or " + last;
  }
}
