package io.stepsync.cli.discover;

import static java.util.stream.Collectors.joining;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.TableSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The columns of a sample of records.
 *
 * @param id the field that is the ID; always the first column
 * @param columns what the stream's setting says, a line each
 * @param count how many there are
 * @param leftOut the fields whose names cannot be written as a column's
 */
record Sample(String id, String columns, int count, List<String> leftOut) {

  /**
   * What would end a name where it is written among others, or is Camel's; and what no YAML or XML
   * can have.
   */
  private static final Pattern UNWRITABLE =
      Pattern.compile("[,\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]|\\{\\{|}}|:\\?");

  /**
   * @param records at least one
   * @param names tells which names the database takes
   * @throws IllegalStateException if the ID cannot be written as a column
   */
  static Sample of(String id, List<Map<String, Object>> records, ColumnNames names) {
    if (id.startsWith("#")) {
      throw noId(id);
    }
    Map<String, SampledColumn> sampled = new LinkedHashMap<>();
    sampled.put(id, new SampledColumn(id));
    records.forEach(
        record ->
            record.keySet().forEach(name -> sampled.computeIfAbsent(name, SampledColumn::new)));
    List<String> leftOut = new ArrayList<>(sampled.keySet());
    leftOut.removeIf(name -> isWritable(name) && names.take(name));
    if (leftOut.contains(id)) {
      throw noId(id);
    }
    sampled.keySet().removeAll(leftOut);
    records.forEach(record -> sampled.forEach((name, column) -> column.add(record.get(name))));
    String lines = sampled.values().stream().map(c -> line(c.column(), id)).collect(joining("\n"));
    return new Sample(id, lines, sampled.size(), leftOut);
  }

  private static IllegalStateException noId(String id) {
    return new IllegalStateException("the ID must be a field whose name can be written, was " + id);
  }

  /** The key needs no mark: it is always required. */
  private static String line(Column column, String id) {
    boolean marked = column.required() && !column.name().equals(id);
    return column.name() + ": " + column.type() + (marked ? "!" : "");
  }

  private static boolean isWritable(String name) {
    return !name.isEmpty()
        && name.equals(name.strip())
        && !name.toLowerCase(Locale.ROOT).startsWith(TableSettings.OWN_COLUMN)
        && !UNWRITABLE.matcher(name).find();
  }
}
