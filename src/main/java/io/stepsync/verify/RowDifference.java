package io.stepsync.verify;

import java.util.List;

/**
 * What a record and its row differ in.
 *
 * <p>Immutable.
 *
 * @param kind how they differ
 * @param id the record's ID
 * @param key the values of the primary key, as texts
 * @param columns the columns that differ, in order; none but where {@code kind} is DIFFERENT
 */
public record RowDifference(Kind kind, long id, List<String> key, List<Value> columns) {

  /** How a record and its row differ. */
  public enum Kind {
    /** The table has no row of the record. */
    MISSING,
    /** They have other values. */
    DIFFERENT,
    /** The API has no record of the row. */
    SURPLUS,
    /** The API cannot answer for the ID. */
    UNANSWERED
  }

  /**
   * A column that differs.
   *
   * @param column its name
   * @param api the record's value, as the table would keep it; null where there is none
   * @param table the row's value; null where there is none
   */
  public record Value(String column, String api, String table) {}

  public RowDifference {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }
}
