package io.stepsync.cli.discover;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.jdbc.Dialect;
import io.stepsync.json.JsonPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The columns of a sample of records. Where the ID lies in an object of the record, so do the other
 * fields of that object.
 *
 * @param id where the ID lies; always the first column
 * @param idColumn the name of its column
 * @param columns what the stream's setting says, a line each
 * @param count how many there are
 * @param leftOut the fields whose names cannot be written as a column's
 * @param guesses what else a column may be
 */
record Sample(
    JsonPlace id,
    String idColumn,
    String columns,
    int count,
    List<String> leftOut,
    List<String> guesses) {

  /**
   * What would end a name where it is written among others, or is Camel's; and what no YAML or XML
   * can have.
   */
  private static final Pattern UNWRITABLE =
      Pattern.compile("[,\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]|\\{\\{|}}");

  /**
   * @param records at least one
   * @param required whether a column that no record lacks is required
   * @param dialect what is known of the database, which takes the names and the types of columns
   * @throws IllegalStateException if the ID cannot be written as a column
   */
  static Sample of(
      JsonPlace id,
      List<Map<String, Object>> records,
      boolean required,
      Optional<Dialect> dialect) {
    ColumnNames names = new ColumnNames(dialect);
    if (!isWritable(id) || IdField.name(id).startsWith("#")) {
      throw new IllegalStateException(
          "the ID must be a field whose name can be written, was " + id);
    }
    Map<JsonPlace, SampledColumn> sampled = new LinkedHashMap<>();
    String idName = names.of(id);
    List<String> leftOut = new ArrayList<>();
    sampled.put(id, new SampledColumn(idName, id));
    for (JsonPlace place : places(id, records)) {
      if (isWritable(place)) {
        sampled.computeIfAbsent(place, unseen -> new SampledColumn(names.of(unseen), unseen));
      } else {
        leftOut.add(place.toString());
      }
    }
    for (Map<String, Object> record : records) {
      sampled.forEach((place, column) -> column.add(place.in(record)));
    }
    return new Sample(
        id,
        idName,
        sampled.entrySet().stream()
            .map(each -> each.getValue().line(required && !each.getKey().equals(id), dialect))
            .collect(joining("\n")),
        sampled.size(),
        leftOut,
        sampled.values().stream().flatMap(column -> column.guess().stream()).toList());
  }

  /** Returns the places of all fields, in the order in which they come. */
  private static Set<JsonPlace> places(JsonPlace id, List<Map<String, Object>> records) {
    List<JsonPlace> wrappers = new ArrayList<>();
    for (JsonPointer up = id.pointer().head(); up != null && !up.matches(); up = up.head()) {
      wrappers.add(new JsonPlace(up));
    }
    List<String> names = id.names();
    Set<JsonPlace> places = new java.util.LinkedHashSet<>();
    for (Map<String, Object> record : records) {
      for (JsonPlace wrapper : wrappers) {
        if (wrapper.in(record) instanceof Map<?, ?> object) {
          object.keySet().stream()
              .map(name -> wrapper.field((String) name))
              .filter(place -> !wrappers.contains(place))
              .forEach(places::add);
        }
      }
      record.keySet().stream()
          .filter(name -> names.size() == 1 || !name.equals(names.get(0)))
          .forEach(name -> places.add(JsonPlace.ofField(name)));
    }
    return places;
  }

  private static boolean isWritable(JsonPlace place) {
    String name = IdField.name(place);
    return !name.isEmpty()
        && name.equals(name.strip())
        && !UNWRITABLE.matcher(place.pointer().toString()).find();
  }
}
