package io.stepsync.bench.rival;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stepsync.bench.api.Columns;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One statement a window, with all its records as one JSON text: MariaDB, MySQL and SQLite. */
final class JsonWriter implements WindowWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private final BenchDatabase database;
  private final PreparedStatement statement;

  JsonWriter(Connection connection, BenchDatabase database, Sql sql) throws SQLException {
    this.database = database;
    this.statement = connection.prepareStatement(sql.text("upsert-json"));
  }

  @Override
  public void write(List<String[]> records) throws SQLException {
    statement.setString(1, json(records));
    statement.executeUpdate();
  }

  private String json(List<String[]> records) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (String[] record : records) {
        json.writeStartArray();
        for (int column = 0; column < Columns.COUNT; column++) {
          json.writeString(
              Columns.isTime(column) ? database.time(record[column]).toString() : record[column]);
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
