package io.stepsync.store;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;

/** A row that camel-jdbc read, by column names in lower case, whatever case the database has. */
public record SqlRow(Map<?, ?> values) {

  /** Returns the rows in the body. */
  public static List<SqlRow> all(Exchange exchange) {
    List<?> rows = exchange.getMessage().getBody(List.class);
    return rows.stream().map(row -> new SqlRow((Map<?, ?>) row)).toList();
  }

  /** Returns the first row in the body; there must be one. */
  public static SqlRow first(Exchange exchange) {
    return all(exchange).get(0);
  }

  public Object value(String column) {
    Object value = values.get(column);
    return value != null ? value : values.get(column.toUpperCase(Locale.ROOT));
  }

  public long number(String column) {
    return ((Number) value(column)).longValue();
  }

  public long number(String column, long ifNull) {
    return value(column) == null ? ifNull : number(column);
  }

  public String text(String column) {
    return String.valueOf(value(column));
  }
}
