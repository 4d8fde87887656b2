package io.stepsync.jdbc;

import io.stepsync.window.IdWindow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the rows that the database does not let go, such as those that a foreign key of another
 * table names. What it tries is always rolled back.
 *
 * <p>Not thread-safe.
 */
public final class DeleteTrial {

  private final TrialTransaction transaction;
  private final UpsertStatement upsert;
  private final MissingRows missing;
  private final String stream;

  /**
   * @param connection not in a transaction; not closed
   * @param stream the stream's name
   */
  public DeleteTrial(
      Connection connection, UpsertStatement upsert, MissingRows missing, String stream)
      throws SQLException {
    this.transaction = new TrialTransaction(connection);
    this.upsert = upsert;
    this.missing = missing;
    this.stream = stream;
  }

  /**
   * Has {@code rows} keep the IDs whose rows the database does not let go, each with its words.
   * They are found by halving the window, behind the upsert of its rows.
   */
  public void keepRefused(IdWindow window, WindowRows rows) throws SQLException {
    keepRefused(new ArrayList<>(), window, rows);
  }

  private void keepRefused(List<IdWindow> taken, IdWindow part, WindowRows rows)
      throws SQLException {
    List<IdWindow> both = new ArrayList<>(taken);
    both.add(part);
    Optional<String> refusal = transaction.refusalOf(() -> calls(both, rows));
    if (refusal.isEmpty()) {
      taken.add(part);
    } else if (part.isSingle()) {
      rows.keep(part.firstId(), refusal.get());
    } else {
      for (IdWindow half : part.halves()) {
        keepRefused(taken, half, rows);
      }
    }
  }

  private List<JdbcCall> calls(List<IdWindow> windows, WindowRows rows) throws SQLException {
    List<JdbcCall> calls = new ArrayList<>();
    if (rows.rowCount() > 0) {
      calls.add(rows.writing(upsert));
    }
    for (IdWindow window : windows) {
      for (IdWindow range : missing.ranges(window)) {
        calls.add(JdbcCall.named(missing.delete(), missing.parameters(stream, range, rows)));
      }
    }
    return calls;
  }
}
