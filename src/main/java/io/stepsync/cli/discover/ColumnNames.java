package io.stepsync.cli.discover;

import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.json.JsonPlace;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the names of a table's columns: those of their fields, if the database takes them as they
 * are, or what is as near to them as it can be. Not thread-safe.
 */
final class ColumnNames {

  private static final String REPLACEMENT = "_";

  private final Optional<Dialect> dialect;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param dialect what is known of the database; where nothing is, it takes any name
   */
  ColumnNames(Optional<Dialect> dialect) {
    this.dialect = dialect;
  }

  /**
   * Returns the name of one more column: the field's own, or the whole way to it if that is taken.
   */
  String of(JsonPlace field) {
    String name = fitting(IdField.name(field), "");
    String whole = String.join("_", field.names());
    for (int number = 1; !taken.add(known(name)); number++) {
      name = fitting(whole, number == 1 ? "" : "_" + number);
    }
    return name;
  }

  private String known(String name) {
    return dialect.map(known -> known.columnName(name)).orElse(name);
  }

  private String fitting(String field, String end) {
    String name = field.replace(TableSettings.PARAMETER, REPLACEMENT);
    if (name.toLowerCase(Locale.ROOT).startsWith(TableSettings.OWN_COLUMN)) {
      name = name.substring(1);
    }
    if (takes(name + end)) {
      return name + end;
    }
    if (takes(name + REPLACEMENT + end)) {
      return name + REPLACEMENT + end; // it is one of the database's own
    }
    name = name.replaceAll("[^\\x{0}-\\x{FFFF}]", REPLACEMENT);
    while (!takes(name + end)) {
      name = name.substring(0, name.length() - 1);
    }
    return name + end;
  }

  private boolean takes(String name) {
    return dialect.flatMap(known -> known.nameRule(name)).isEmpty();
  }
}
