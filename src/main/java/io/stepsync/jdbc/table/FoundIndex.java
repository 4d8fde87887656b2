package io.stepsync.jdbc.table;

import java.util.List;

/**
 * A unique index, or a primary key, that a table has.
 *
 * <p>Immutable.
 *
 * @param name its name
 * @param columns its columns, in order
 * @param problem why it is no key for an upsert, such as {@code is deferrable}; null for none
 */
public record FoundIndex(String name, List<String> columns, String problem) {

  public FoundIndex {
    columns = List.copyOf(columns);
  }
}
