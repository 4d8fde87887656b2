package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * The databases that stepsync knows: each {@link Dialect} that a jar beside this class names in
 * {@code META-INF/services}, so that a jar of one's own adds a database. Thread-safe.
 */
public final class Dialects {

  private static final List<Dialect> ALL =
      ServiceLoader.load(Dialect.class, Dialect.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Dialects() {}

  /**
   * Returns the dialect of the database behind {@code connection}.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   */
  public static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return first(dialect -> dialect.isProduct(product)).orElseThrow(() -> unknown(product));
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
    return first(dialect -> dialect.urlWord().equals(word(url)));
  }

  private static String word(String url) {
    return url.matches("jdbc:\\w+:.*") ? url.split(":", 3)[1] : "another";
  }

  private static Optional<Dialect> first(Predicate<Dialect> wanted) {
    return ALL.stream().filter(wanted).findFirst();
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
    List<String> names = ALL.stream().filter(wanted).map(Dialect::database).toList();
    String last = names.get(names.size() - 1);
    return names.size() == 1
        ? last
        : names.stream().limit(names.size() - 1).collect(joining(", ")) + " or " + last;
  }
}
