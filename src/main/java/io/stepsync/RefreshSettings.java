package io.stepsync;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.TableSettings;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a stream's refresh.
 *
 * <p>Immutable.
 *
 * @param schedule when a refresh is due, a Quartz cron expression; null for never
 * @param deletes what is done with rows that the API no longer has
 * @param maxDeletes the share of the rows a refresh looks at that may be deleted, 0 to 1
 * @param idColumn the column that holds a record's ID; null where {@code deletes} is IGNORE
 */
public record RefreshSettings(
    String schedule, Deletes deletes, BigDecimal maxDeletes, Column idColumn) {

  /** So many rows may be deleted where more than as many times their number were found. */
  private static final long FEW = 10;

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)\\s*%");

  /** What is done with rows that the API no longer has. */
  public enum Deletes {
    /** They stay as they are. */
    IGNORE,
    /** They are marked in the column {@code _stepsync_deleted}. */
    SOFT,
    /** They are removed. */
    HARD
  }

  /**
   * Reads the settings as they are written in a stream.
   *
   * @param maxDeletes such as {@code 10%}; null for that
   * @param id where the ID lies in a record
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  static RefreshSettings parse(
      String schedule, String deletes, String maxDeletes, JsonPointer id, TableSettings table) {
    Deletes mode = deletes(deletes);
    if (mode == Deletes.SOFT && !table.metadataColumns()) {
      throw new IllegalArgumentException("deletes must not be soft where metadataColumns=false");
    }
    return new RefreshSettings(
        schedule,
        mode,
        share(maxDeletes == null ? "10%" : maxDeletes),
        mode == Deletes.IGNORE ? null : idColumn(id, table));
  }

  private static Deletes deletes(String text) {
    try {
      return Deletes.valueOf(String.valueOf(text).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("deletes must be ignore, soft or hard, was " + text, e);
    }
  }

  private static BigDecimal share(String text) {
    Matcher percent = PERCENT.matcher(text.strip());
    if (percent.matches()) {
      BigDecimal share = new BigDecimal(percent.group(1)).movePointLeft(2);
      if (share.compareTo(BigDecimal.ONE) <= 0) {
        return share;
      }
    }
    throw new IllegalArgumentException("maxDeletes must be 0% to 100%, was " + text);
  }

  private static Column idColumn(JsonPointer id, TableSettings table) {
    if (!table.hasTable()) {
      throw new IllegalArgumentException("deletes must be ignore where table is not set");
    }
    return columnOfIds(id, table)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "deletes must be ignore unless a column of type STRING, SHORT, INT, LONG or"
                        + " DECIMAL(p,0) takes the id, such as id: LONG = %1$s, was %1$s"
                            .formatted(id)));
  }

  /** Returns the column that holds a record's ID exactly, if the table has one. */
  static Optional<Column> columnOfIds(JsonPointer id, TableSettings table) {
    return table.columns().stream()
        .filter(column -> column.place().pointer().equals(id) && column.type().holdsIds())
        .findFirst();
  }

  /**
   * Tells whether a refresh may delete the rows that the API lacks.
   *
   * @param missing how many they are
   * @param rows how many rows it looked at, these included
   */
  public boolean mayDelete(long missing, long rows) {
    if (missing == 0 || maxDeletes.compareTo(BigDecimal.ONE) == 0) {
      return true;
    }
    long found = rows - missing;
    boolean few = missing <= FEW && found > FEW * missing;
    return found > 0 && (few || missing <= mostDeletes(rows));
  }

  /** Returns how many of {@code rows} rows {@code maxDeletes} allows. */
  public long mostDeletes(long rows) {
    return maxDeletes.multiply(BigDecimal.valueOf(rows)).longValue();
  }
}
