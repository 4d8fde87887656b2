package io.stepsync.bench.rival;

import io.stepsync.bench.database.BenchDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/** All rivals by their names. */
public final class Rivals {

  /** Those that run where none are named. */
  public static final List<String> DEFAULT =
      List.of("stepsync", "textbook", "raw", "spring-batch", "dlt", "fetch");

  private final Setup setup;
  private final BenchDatabase database;

  /** Makes rivals of one setup. */
  public Rivals(Setup setup) {
    this.setup = setup;
    this.database = setup.database();
  }

  /**
   * Makes a rival, with its tables.
   *
   * @throws Skipped if it cannot run here
   * @throws IllegalArgumentException if there is no rival of this name
   */
  public Rival open(String name) throws Exception {
    return switch (name) {
      case "stepsync" -> new StepsyncRoutes(setup, name, OptionalInt.empty(), false);
      case "stepsync-ahead-0" -> new StepsyncRoutes(setup, name, OptionalInt.of(0), false);
      case "stepsync-ahead-8" -> new StepsyncRoutes(setup, name, OptionalInt.of(8), false);
      case "stepsync-thrown-away" -> new StepsyncRoutes(setup, name, OptionalInt.of(0), true);
      case "textbook" -> new Textbook(setup, target(name, database.url()));
      case "raw" -> raw(name);
      case "raw-batch" -> batch(name);
      case "raw-copy" -> copy(name, false);
      case "raw-copy-straight" -> copy(name, true);
      case "raw-commit-5" -> commits(name, 5);
      case "raw-commit-20" -> commits(name, 20);
      case "raw-values" -> values(name);
      case "raw-json" -> json(name);
      case "spring-batch" -> new SpringBatch(setup, target(name, database.batchUrl()));
      case "dlt" -> new Dlt(setup, false);
      case "dlt-arrow" -> new Dlt(setup, true);
      case "fetch" -> new FetchOnly(setup);
      default -> throw new IllegalArgumentException("there is no rival " + name);
    };
  }

  /** The fastest way that the database has. */
  private Rival raw(String name) throws Exception {
    if (database.name().equals("sqlite")) {
      return batch(name);
    }
    return hasJsonTable() ? values(name) : arrays(name);
  }

  /** Makes stepsync, with its tables. */
  public Verifying stepsync() throws Exception {
    return new StepsyncRoutes(setup, "stepsync", OptionalInt.empty(), false);
  }

  private Rival arrays(String name) throws SQLException {
    Target target = target(name, database.url());
    return new RawLoop(
        setup, target, connection -> new ArrayWriter(connection, database, target.sql()));
  }

  private Rival commits(String name, int windows) throws Exception {
    if (hasJsonTable() || database.name().equals("sqlite")) {
      throw new Skipped("is measured on databases with arrays only");
    }
    Target target = target(name, database.url());
    return new RawLoop(
        setup, target, connection -> new ArrayWriter(connection, database, target.sql()), windows);
  }

  private Rival copy(String name, boolean straight) throws Exception {
    if (!database.name().equals("postgresql")) {
      throw new Skipped("only PostgreSQL has COPY");
    }
    Target target = target(name, database.url());
    return new RawLoop(
        setup, target, connection -> new CopyWriter(connection, target.sql(), straight));
  }

  private Rival batch(String name) throws SQLException {
    Target target = target(name, database.batchUrl());
    return new RawLoop(
        setup, target, connection -> new BatchWriter(connection, database, target.sql()));
  }

  private Rival values(String name) throws Exception {
    if (database.name().equals("hsqldb")) {
      throw new Skipped("HSQLDB has no INSERT that updates");
    }
    if (database.name().equals("sqlite")) {
      throw new Skipped("a statement of SQLite's has 32,766 values at most");
    }
    Target target = target(name, database.url());
    return new RawLoop(
        setup, target, connection -> new ValuesWriter(connection, database, target.sql()));
  }

  private Rival json(String name) throws Exception {
    if (!hasJsonTable() && !database.name().equals("sqlite")) {
      throw new Skipped("rows out of one JSON text are measured on MariaDB, MySQL and SQLite only");
    }
    Target target = target(name, database.url());
    return new RawLoop(
        setup, target, connection -> new JsonWriter(connection, database, target.sql()));
  }

  /** MariaDB and MySQL have it, and no arrays. */
  private boolean hasJsonTable() {
    return database.name().equals("mariadb") || database.name().equals("mysql");
  }

  private Target target(String name, String jdbcUrl) throws SQLException {
    return new Target(setup, name, jdbcUrl);
  }
}
