package io.stepsync.camel;

import static java.util.stream.Collectors.groupingBy;

import io.stepsync.RefreshSettings.Deletes;
import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.Dialects;
import io.stepsync.jdbc.table.FoundTable;
import io.stepsync.jdbc.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

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
    refuse(streams, name -> name);
  }

  /**
   * As {@link #refuse(Collection)}, with names compared as the database does.
   *
   * @throws SQLException if the database cannot be asked
   */
  static void refuse(Collection<StreamSettings> streams, Connection connection)
      throws SQLException {
    UnaryOperator<String> known = Dialects.of(connection).tableNames(connection);
    String own = FoundTable.resolved(connection, new TableName(null, "any")).schema();
    refuse(streams, name -> name.within(own).map(known));
  }

  private static void refuse(
      Collection<StreamSettings> streams, UnaryOperator<TableName> tableNames) {
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
    TableName table = stream.table().table();
    TableName same = other.table().table();
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
