package io.stepsync.cli.dryrun;

import static java.util.stream.Collectors.joining;

import io.stepsync.RefreshSettings;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.DeadLetter;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.StoredWindow;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.jdbc.table.TableFault;
import io.stepsync.main.Database;
import io.stepsync.run.Failures;
import io.stepsync.store.DataSources;
import io.stepsync.store.OwnTables;
import io.stepsync.store.StateRows;
import io.stepsync.window.IdWindow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks at what a stream needs of its database; nothing is changed. Not thread-safe. */
final class TableCheck {

  /** What PostgreSQL says where a view or a trigger names a column that is to grow. */
  private static final String DEPENDENT = "0A000";

  private final CamelContext context;
  private final StreamSettings stream;
  private boolean ready;

  TableCheck(CamelContext context, StreamSettings stream) {
    this.context = context;
    this.stream = stream;
  }

  /** Checks that stepsync's own tables can be written to, by writing no row. */
  CheckItem ownTables() {
    String shown = Database.shownUrl(context);
    try {
      if (areOwnMissing()) {
        return newDatabase(shown);
      }
      OwnTables.writeNoRow(DataSources.of(context));
      String note =
          Database.knownDialect(context).flatMap(Dialect::note).map(text -> "; " + text).orElse("");
      return CheckItem.ok("database", shown + " is open, stepsync's own tables are there" + note);
    } catch (SQLException | RuntimeException e) {
      return CheckItem.failed(
          "database",
          Failures.message(e),
          "grant the user SELECT, INSERT, UPDATE and DELETE on the tables stepsync_*");
    }
  }

  private boolean areOwnMissing() throws SQLException {
    return OwnTables.areMissing(DataSources.of(context));
  }

  private CheckItem newDatabase(String shown) throws SQLException {
    try (Connection connection = DataSources.of(context).getConnection()) {
      return !stream.table().hasTable() || mayMakeTables(connection)
          ? CheckItem.ok("database", shown + " has none of stepsync's own tables, a run makes them")
          : CheckItem.failed(
              "database",
              shown + " has none of stepsync's own tables, and the user may not create tables",
              "grant the user the right to create tables, or have them made once by one who may");
    }
  }

  private boolean mayMakeTables(Connection connection) throws SQLException {
    try {
      return new TargetTable(connection, stream.table()).mayChange();
    } catch (TableFault e) {
      return true; // told of the table
    }
  }

  /** Tells whether the stream's table was looked at, and fits as it is. */
  boolean isReady() {
    return ready;
  }

  /** Checks that the stream's table fits, or can be made to fit. */
  CheckItem table() {
    String name = stream.table().table().toString();
    List<String> changes = List.of();
    try (Connection connection = DataSources.of(context).getConnection()) {
      TargetTable table = new TargetTable(connection, stream.table());
      changes = table.changes();
      ready = changes.isEmpty();
      if (ready) {
        String notes = table.notes().stream().map(note -> "; " + note).collect(joining());
        return CheckItem.ok("table", name + " is there, and its columns fit" + notes);
      }
      return table.mayChange()
          ? CheckItem.ok("table", name + toBeDone(changes))
          : forbidden(name, changes, "the user may not create or alter tables");
    } catch (TableFault e) {
      return CheckItem.failed("table", e.problem(), e.advice());
    } catch (IllegalStateException e) {
      return CheckItem.failed(
          "table", Failures.message(e), "set it for the server, or for the user's sessions");
    } catch (SQLException e) {
      return DEPENDENT.equals(e.getSQLState())
          ? CheckItem.failed(
              "table",
              name + ": " + Failures.message(e),
              "drop what depends on the column, then let a run do it: "
                  + String.join("; ", changes))
          : forbidden(name, changes, Failures.message(e));
    }
  }

  /** Tells what a refresh may delete; nothing where the table is not there yet. */
  Optional<CheckItem> deletes() {
    RefreshSettings refresh = stream.refresh();
    if (!ready || refresh.deletes() == RefreshSettings.Deletes.IGNORE) {
      return Optional.empty();
    }
    try (Connection connection = DataSources.of(context).getConnection()) {
      long rows = new TargetTable(connection, stream.table()).rows();
      long noted = areOwnMissing() ? 0 : missing();
      String most =
          "a refresh may %s %d of %s, by maxDeletes; refresh --dry-run tells which it would"
              .formatted(
                  refresh.deletes() == RefreshSettings.Deletes.SOFT ? "mark" : "remove",
                  refresh.mostDeletes(rows),
                  CheckItem.count(rows, "row"));
      String missing =
          noted == 0 ? "" : "; one is under way, %d are missing so far".formatted(noted);
      return Optional.of(CheckItem.ok("deletes", most + missing));
    } catch (SQLException e) {
      return Optional.of(
          CheckItem.failed(
              "deletes", Failures.message(e), "grant the user the right to read the table"));
    }
  }

  /**
   * Holds the table's rows of a window below the checkpoint against the answer to it, which lacks
   * some or has other values where a refresh is due, but never all; nothing where there are none.
   *
   * @param answer without records that the database refuses
   * @param uncopied what is to be told of fields that have no column; empty for nothing
   */
  Optional<CheckItem> below(IdWindow window, WindowRows answer, String uncopied) {
    Column idColumn = stream.table().idColumn(stream.request().format().id()).orElse(null);
    if (!ready || idColumn == null) {
      return Optional.empty();
    }
    try (Connection connection = DataSources.of(context).getConnection()) {
      boolean soft = stream.refresh().deletes() == RefreshSettings.Deletes.SOFT;
      StoredWindow stored =
          StoredWindow.of(connection, stream.table(), idColumn, soft, window, answer);
      return stored.rows() == 0
          ? Optional.empty()
          : Optional.of(below(window, answer, stored, uncopied));
    } catch (SQLException e) {
      return Optional.of(
          CheckItem.failed(
              "copied rows", Failures.message(e), "grant the user the right to read the table"));
    }
  }

  private CheckItem below(
      IdWindow window, WindowRows answer, StoredWindow stored, String uncopied) {
    String has =
        "window %s, below the checkpoint, has %s"
            .formatted(window, CheckItem.count(answer.records(), "record"));
    if (stored.lacking() == stored.rows()) {
      return CheckItem.failed(
          "copied rows",
          has
              + ", and none of the "
              + CheckItem.count(stored.rows(), "row")
              + " that the table has",
          "see what was copied, and whether url, records, id or primaryKey were other ones then");
    }
    if (stored.refused() > 0) {
      DeadLetter first = answer.deadLetters().get(0);
      return CheckItem.failed(
          "copied rows",
          "%s, and those of %d of the %s that the table has would become dead letters; the first:"
                  .formatted(has, stored.refused(), CheckItem.count(stored.rows(), "row"))
              + " ID %d, %s".formatted(first.id(), first.reason()),
          "change columns; all of them: stepsync preview %s --window %d-%d"
              .formatted(stream.name(), window.firstId(), window.lastId()));
    }
    return CheckItem.ok(
        "copied rows",
        "%s, among them %d of the %s that the table has%s%s"
            .formatted(
                has,
                stored.rows() - stored.lacking(),
                CheckItem.count(stored.rows(), "row"),
                stored.different() == 0
                    ? ""
                    : ", %d with other values; a refresh takes those over"
                        .formatted(stored.different()),
                uncopied.isEmpty() ? "" : "; " + uncopied));
  }

  private long missing() {
    return new StateRows(new JdbcTemplate(DataSources.of(context))).missing(stream.name());
  }

  private static String toBeDone(List<String> changes) {
    if (changes.get(0).startsWith("CREATE")) {
      return " is missing, a run creates it";
    }
    long added = changes.stream().filter(change -> change.contains(" ADD COLUMN ")).count();
    return added == changes.size()
        ? " lacks " + CheckItem.count(added, "column") + ", a run adds what it lacks"
        : ": a run does " + String.join("; ", changes);
  }

  private static CheckItem forbidden(String name, List<String> changes, String problem) {
    return CheckItem.failed(
        "table",
        name + ": " + problem,
        "grant the user the right to create and alter tables"
            + (changes.isEmpty() ? "" : ", or do yourself: " + String.join("; ", changes)));
  }
}
