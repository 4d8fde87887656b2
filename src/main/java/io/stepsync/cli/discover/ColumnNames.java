package io.stepsync.cli.discover;

import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.TableSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The names that a table's columns have so far, as its database knows them. Not thread-safe. */
final class ColumnNames {

  private final Optional<Dialect> dialect;
  private final Set<String> taken = new HashSet<>();

  /** Takes any name where nothing is known of the database. */
  ColumnNames(Optional<Dialect> dialect) {
    this.dialect = dialect;
    take(TableSettings.SYNCED_AT);
    take(TableSettings.DELETED);
  }

  /** Takes one more name, and tells whether the database does: there is no other like it. */
  boolean take(String name) {
    return dialect
        .map(known -> known.nameRule(name).isEmpty() && taken.add(known.columnName(name)))
        .orElse(true);
  }
}
