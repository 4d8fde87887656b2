package io.stepsync.main;

import io.stepsync.run.Failures;
import io.stepsync.store.OwnTables;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * The database of a standalone stepsync for what only looks: a new one, in memory, where it is not
 * there, or a stand-in and why it cannot be opened.
 */
final class OptionalDatabase implements AutoCloseable {

  private final Database database;
  private final String problem;

  private OptionalDatabase(Database database, String problem) {
    this.database = database;
    this.problem = problem;
  }

  static OptionalDatabase open(CamelContext context) throws SQLException {
    try {
      OwnTables.mayBeMissing(context);
      Optional<Database> database = Database.openToLook(context);
      if (database.isPresent()) {
        database.get().bind(context);
      } else {
        Database.bindNew(context);
      }
      return new OptionalDatabase(database.orElse(null), null);
    } catch (SQLException | RuntimeException e) {
      Database.bindStandIn(context);
      return new OptionalDatabase(null, Failures.message(e));
    }
  }

  /** Returns why the database cannot be opened; nothing where it is open. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
