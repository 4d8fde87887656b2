package io.stepsync.jdbc;

import io.stepsync.jdbc.table.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses a stream whose names a database would cut, take for one another, or not take at all: the
 * first statement would make another table than the one that is looked for later.
 */
public final class Names {

  private Names() {}

  /**
   * Requires that the database of {@code dialect} takes the names of a stream's table and columns
   * as they are.
   *
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public static void require(TableSettings settings, Dialect dialect) {
    if (!settings.hasTable()) {
      return;
    }
    TableName table = settings.table();
    require("table", table.name(), dialect);
    if (table.schema() != null) {
      require("table", table.schema(), dialect);
    }
    Map<String, String> known = new HashMap<>();
    for (Column column : settings.allColumns()) {
      require("columns", column.name(), dialect);
      String twin = known.put(dialect.columnName(column.name()), column.name());
      if (twin != null) {
        throw new IllegalArgumentException(
            "columns must have names that are different in %s, was %s and %s"
                .formatted(dialect.database(), twin, column.name()));
      }
    }
  }

  private static void require(String setting, String name, Dialect dialect) {
    Optional<String> rule = dialect.nameRule(name);
    if (rule.isPresent()) {
      throw new IllegalArgumentException(
          "%s must have names of %s in %s, was %s"
              .formatted(setting, rule.get(), dialect.database(), name));
    }
  }
}
