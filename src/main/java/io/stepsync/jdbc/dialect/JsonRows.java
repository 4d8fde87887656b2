package io.stepsync.jdbc.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;

/** Rows as one JSON text, an array of arrays of texts and nulls, for databases without arrays. */
final class JsonRows {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonRows() {}

  /**
   * Returns the JSON of rows.
   *
   * @param columns the values, one array a column; at least one column
   * @param texts makes the text of a value; null of null
   */
  static String of(List<Object[]> columns, Texts texts) throws SQLException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (int row = 0; row < columns.get(0).length; row++) {
        json.writeStartArray();
        for (int column = 0; column < columns.size(); column++) {
          json.writeString(texts.of(columns.get(column)[row], column));
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Makes a text of a value of the column of that index. */
  interface Texts {
    String of(Object value, int column) throws SQLException;
  }
}
