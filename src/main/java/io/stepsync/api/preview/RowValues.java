package io.stepsync.api.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType.Kind;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.ValueReader;
import io.stepsync.jdbc.WindowRows;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows as they may be shown: numbers and booleans as they are, JSON as a tree, all others as text.
 *
 * @param names the columns, in order; where there is no table, the fields of the records
 * @param rows the values by their names
 */
public record RowValues(List<String> names, List<Map<String, Object>> rows) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Returns what a window's rows would be in their table, or for another sink, by their IDs. */
  public static RowValues of(TableSettings table, WindowRows rows) {
    return table.columns().isEmpty()
        ? ofRecords(rows.rowRecords())
        : ofColumns(table.columns(), rows.columnValues(), rows.rowIds());
  }

  private static RowValues ofRecords(List<Map<String, Object>> records) {
    Set<String> names = new LinkedHashSet<>();
    records.forEach(record -> names.addAll(record.keySet()));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> record : records) {
      Map<String, Object> row = new LinkedHashMap<>();
      record.forEach((name, value) -> row.put(name, shown(value)));
      rows.add(row);
    }
    return new RowValues(List.copyOf(names), rows);
  }

  private static RowValues ofColumns(List<Column> columns, List<Object[]> values, Object[] ids) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Integer> byId =
        IntStream.range(0, ids.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> (Long) ids[i]))
            .toList();
    for (int i : byId) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int column = 0; column < columns.size(); column++) {
        Object value = values.get(column)[i];
        boolean json = columns.get(column).type().kind() == Kind.JSON && value != null;
        row.put(columns.get(column).name(), json ? tree(value.toString()) : shown(value));
      }
      rows.add(row);
    }
    return new RowValues(columns.stream().map(Column::name).toList(), rows);
  }

  private static Object shown(Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof OffsetDateTime moment) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
    }
    if (value instanceof LocalDateTime dateTime) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime);
    }
    if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    if (value instanceof Map || value instanceof Collection) {
      return tree(ValueReader.jsonText(value));
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
