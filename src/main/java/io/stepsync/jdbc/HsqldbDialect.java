package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** HSQLDB 2.7: MERGE from the UNNEST of one array a column. */
final class HsqldbDialect implements Dialect {

  /** The longest text that HSQLDB keeps in a row; an answer is never as long. */
  private static final String TEXT = "VARCHAR(1073741824)";

  @Override
  public String typeName(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case SHORT -> "SMALLINT";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DECIMAL -> type.toString();
      case FLOAT, DOUBLE -> "DOUBLE";
      case NAIVE_DATE -> "DATE";
      case NAIVE_TIME -> "TIME(9)";
      case NAIVE_DATETIME -> "TIMESTAMP(9)";
      case UTC_DATETIME -> "TIMESTAMP(9) WITH TIME ZONE";
      case BINARY -> "VARBINARY(1073741824)";
      case JSON, XML, STRING -> TEXT;
    };
  }

  @Override
  public String catalogType(ColumnType type) {
    return type.kind() == ColumnType.Kind.DECIMAL
        ? type.toString()
        : typeName(type).replaceAll("\\(\\d+\\)", "");
  }

  @Override
  public String createTable(TableSettings table) {
    return "CREATE CACHED TABLE "
        + quoted(table.table())
        + " ("
        + Stream.concat(
                table.allColumns().stream()
                    .map(column -> quoted(column.name()) + " " + typeName(column.type())),
                Stream.of("PRIMARY KEY (" + quotedList(table.primaryKey()) + ")"))
            .collect(joining(", "))
        + ")";
  }

  @Override
  public String upsert(TableSettings table) {
    return "MERGE INTO "
        + quoted(table.table())
        + " AS t USING "
        + rows("s", table.columns(), "c")
        + " ON "
        + keyEquals(table)
        + whenMatched(table)
        + " WHEN NOT MATCHED THEN INSERT ("
        + quotedList(table.allColumns().stream().map(Column::name).toList())
        + ") VALUES ("
        + each(table.columns().size(), i -> "s.c" + i)
        + (table.metadataColumns() ? ", CURRENT_TIMESTAMP, FALSE" : "")
        + ")";
  }

  @Override
  public String rows(String alias, List<Column> columns, String prefix) {
    return "(SELECT * FROM UNNEST("
        + each(
            columns.size(),
            i -> "CAST(:?" + prefix + i + " AS " + typeName(columns.get(i).type()) + " ARRAY)")
        + ")) AS "
        + alias
        + " ("
        + each(columns.size(), i -> prefix + i)
        + ")";
  }

  private String keyEquals(TableSettings table) {
    return table.primaryKey().stream()
        .map(name -> "t." + quoted(name) + " = s.c" + table.columnNames().indexOf(name))
        .collect(joining(" AND "));
  }

  private String whenMatched(TableSettings table) {
    List<Integer> values =
        IntStream.range(0, table.columns().size())
            .filter(i -> !table.primaryKey().contains(table.columnNames().get(i)))
            .boxed()
            .toList();
    Stream<String> differs =
        values.stream().map(i -> "t." + name(table, i) + " IS DISTINCT FROM s.c" + i);
    Stream<String> sets = values.stream().map(i -> name(table, i) + " = s.c" + i);
    if (table.metadataColumns()) {
      String deleted = quoted(TableSettings.DELETED);
      differs = Stream.concat(differs, Stream.of("t." + deleted));
      sets =
          Stream.concat(
              sets,
              Stream.of(
                  quoted(TableSettings.SYNCED_AT) + " = CURRENT_TIMESTAMP", deleted + " = FALSE"));
    } else if (values.isEmpty()) {
      return "";
    }
    return " WHEN MATCHED AND ("
        + differs.collect(joining(" OR "))
        + ")"
        + unlessOlder(table)
        + " THEN UPDATE SET "
        + sets.collect(joining(", "));
  }

  /** A row that was deleted is no newer copy. */
  private String unlessOlder(TableSettings table) {
    if (table.versionColumn() == null) {
      return "";
    }
    int version = table.columnNames().indexOf(table.versionColumn());
    String old = "t." + quoted(table.versionColumn());
    return " AND ("
        + (table.metadataColumns() ? "t." + quoted(TableSettings.DELETED) + " OR " : "")
        + old
        + " IS NULL OR s.c"
        + version
        + " >= "
        + old
        + ")";
  }

  private String name(TableSettings table, int index) {
    return quoted(table.columnNames().get(index));
  }

  private static String each(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(joining(", "));
  }

  private String quotedList(List<String> names) {
    return names.stream().map(this::quoted).collect(joining(", "));
  }
}
