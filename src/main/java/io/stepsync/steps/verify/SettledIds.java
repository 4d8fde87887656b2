package io.stepsync.steps.verify;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.jdbc.table.TableName;
import io.stepsync.store.StateRows;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Lanes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Refuses what is to be done with IDs of a stream that are settled, if it cannot be done. */
public final class SettledIds {

  private SettledIds() {}

  /**
   * Returns the stream's lanes.
   *
   * @param ids which are wanted; empty for all that are settled
   * @throws SettingException if the stream has no table, or none that is there and has all columns;
   *     or was never synced, or not beyond those IDs
   */
  public static Lanes require(DataSource database, StreamSettings stream, Optional<IdWindow> ids)
      throws SQLException {
    try {
      return lanes(database, stream, ids);
    } catch (SettingException | IllegalStateException e) {
      throw new SettingException("stream " + stream.name() + ": " + e.getMessage(), e);
    }
  }

  private static Lanes lanes(DataSource database, StreamSettings stream, Optional<IdWindow> ids)
      throws SQLException {
    TableName table = stream.table().table();
    if (!stream.table().hasTable()) {
      throw new SettingException("table must be set, its records go to " + stream.shownTarget());
    }
    Lanes lanes =
        new StateRows(new JdbcTemplate(database))
            .lanes(stream.name())
            .orElseThrow(() -> new SettingException("it must have been synced before"));
    long checkpoint = lanes.reached().currentId();
    if (ids.isPresent() && ids.get().lastId() >= checkpoint) {
      throw new SettingException(
          "ids must be below the checkpoint (" + checkpoint + "), was " + ids.get());
    }
    try (Connection connection = database.getConnection()) {
      TargetTable target = new TargetTable(connection, stream.table());
      if (!target.exists()) {
        throw new SettingException("table " + table + " must be there");
      }
      if (!target.changes().isEmpty()) {
        throw new SettingException("table " + table + " must have all columns, a sync adds them");
      }
    }
    return lanes;
  }
}
