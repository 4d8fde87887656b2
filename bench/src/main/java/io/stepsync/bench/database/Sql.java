package io.stepsync.bench.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The statements under {@code bench/DATABASE}, for one table. */
public record Sql(String database, String table) {

  /** Returns the statement in the file of that name. */
  public String text(String name) {
    String file = "/bench/" + database + "/" + name + ".sql";
    try (InputStream in = Sql.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${table}", table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Carries out statements. */
  public static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Carries out statements on a connection of their own. */
  public static void execute(DataSource database, String... statements) throws SQLException {
    try (Connection connection = database.getConnection()) {
      execute(connection, statements);
    }
  }

  /** Returns the number that a query has for its only value. */
  public static long number(DataSource database, String query) throws SQLException {
    return numbers(database, query).get(0);
  }

  /** Returns the numbers in a query's first column. */
  public static List<Long> numbers(DataSource database, String query) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        numbers.add(result.getLong(1));
      }
    }
    return numbers;
  }
}
