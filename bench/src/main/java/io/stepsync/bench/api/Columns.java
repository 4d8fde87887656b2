package io.stepsync.bench.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of the API's records, and of the tables, in their order. */
public final class Columns {

  /** The names, the primary key first. */
  public static final List<String> NAMES =
      List.of("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt");

  /** How many there are. */
  public static final int COUNT = NAMES.size();

  private static final Map<String, Integer> INDEXES = new HashMap<>();

  static {
    NAMES.forEach(name -> INDEXES.put(name, INDEXES.size()));
  }

  private Columns() {}

  /** Returns whether the column is a moment in UTC, all others being texts. */
  public static boolean isTime(int column) {
    return column >= COUNT - 2;
  }

  static int indexOf(String name) {
    return INDEXES.get(name);
  }
}
