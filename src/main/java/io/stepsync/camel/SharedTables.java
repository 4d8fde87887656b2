package io.stepsync.camel;

import static java.util.stream.Collectors.groupingBy;

import io.stepsync.RefreshSettings.Deletes;
import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.Dialects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Refuses a stream that deletes from a table which another stream of the same context writes as
 * well: its API lacks the records of the other, so a refresh would delete them. Streams that delete
 * nothing may share a table.
 */
final class SharedTables {

  private SharedTables() {}

  /**
   * Compares the names of the tables as they are written, which are always quoted.
   *
   * @throws SettingException naming both streams, the rule and the value
   */
  static void refuse(Collection<StreamSettings> streams) {
    refuse(streams, UnaryOperator.identity());
  }

  /**
   * As {@link #refuse(Collection)}, with names compared as the database does.
   *
   * @throws SQLException if the database cannot be asked
   */
  static void refuse(Collection<StreamSettings> streams, DataSource dataSource)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      refuse(streams, Dialects.of(connection).tableNames(connection));
    }
  }

  private static void refuse(Collection<StreamSettings> streams, UnaryOperator<String> tableNames) {
    streams.stream()
        .filter(stream -> stream.table().hasTable())
        .collect(groupingBy(stream -> tableNames.apply(stream.table().table())))
        .values()
        .forEach(SharedTables::refuseDeletes);
  }

  private static void refuseDeletes(List<StreamSettings> ofOneTable) {
    for (StreamSettings stream : ofOneTable) {
      if (stream.refresh().deletes() != Deletes.IGNORE) {
        ofOneTable.stream()
            .filter(other -> !other.name().equals(stream.name()))
            .findFirst()
            .ifPresent(
                other -> {
                  throw new SettingException(message(stream, other));
                });
      }
    }
  }

  private static String message(StreamSettings stream, StreamSettings other) {
    String table = stream.table().table();
    String same = other.table().table();
    return "stream "
        + stream.name()
        + ": deletes must be ignore, as stream "
        + other.name()
        + " writes table "
        + same
        + " too"
        + (same.equals(table) ? "" : ", which is " + table + " in this database")
        + ", was "
        + stream.refresh().deletes().toString().toLowerCase(Locale.ROOT)
        + "; give each stream a table of its own";
  }
}
