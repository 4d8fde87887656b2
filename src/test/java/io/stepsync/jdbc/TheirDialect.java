package io.stepsync.jdbc;

import io.stepsync.jdbc.dialect.PostgresDialect;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What a team would write for a database that speaks PostgreSQL. */
public class TheirDialect implements Dialect {

  private final Dialect postgres = new PostgresDialect();

  @Override
  public String database() {
    return "Theirs";
  }

  @Override
  public Map<String, String> placeholders() {
    return postgres.placeholders();
  }

  @Override
  public String typeName(Column column, TableSettings table) {
    return postgres.typeName(column, table);
  }

  @Override
  public String catalogType(ColumnType type) {
    return postgres.catalogType(type);
  }

  @Override
  public String createTable(TableSettings table) {
    return postgres.createTable(table);
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    return postgres.upsert(table);
  }

  @Override
  public String rows(String alias, List<Column> columns, String prefix) {
    return postgres.rows(alias, columns, prefix);
  }

  @Override
  public Map<String, Object> parameters(String prefix, List<Column> columns, List<Object[]> values)
      throws SQLException {
    return postgres.parameters(prefix, columns, values);
  }

  @Override
  public String text(ColumnType type, String value) {
    return postgres.text(type, value);
  }

  @Override
  public String wholeNumber(String text) {
    return postgres.wholeNumber(text);
  }

  @Override
  public String microseconds() {
    return postgres.microseconds();
  }
}
