package io.stepsync.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.stepsync.json.RecordFields.Node;
import io.stepsync.json.RecordFields.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * The values of a record, and then of the next one, straight from its text: of what is not asked
 * for nothing is made, but it must be JSON that can be read.
 *
 * <p>Not thread-safe.
 */
public final class RecordValues {

  private static final ObjectReader VALUE =
      new ObjectMapper()
          .readerFor(Object.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final RecordFields fields;
  private final Object[] values;
  private final Set<String> beside;
  private final int mostBeside;

  /**
   * @param beside is given the names of the fields that are not copied and have a value
   * @param mostBeside how many it may have
   */
  public RecordValues(RecordFields fields, Set<String> beside, int mostBeside) {
    this.fields = fields;
    this.values = new Object[fields.places()];
    this.beside = beside;
    this.mostBeside = mostBeside;
  }

  /**
   * Returns the values at all places, in their order, as Jackson reads them: null where there is
   * none. The array is that of the next record, too.
   */
  public Object[] all() {
    return values;
  }

  /** Returns the value at the last place. */
  public Object last() {
    return values[values.length - 1];
  }

  /**
   * Reads a record to its end.
   *
   * @param record is at the beginning of an object
   * @throws IOException as Jackson does
   */
  public void read(JsonParser record) throws IOException {
    Arrays.fill(values, null);
    read(record, fields.root);
  }

  private void read(JsonParser record, Node node) throws IOException {
    for (String name = record.nextFieldName(); name != null; name = record.nextFieldName()) {
      JsonToken token = record.nextToken();
      Node known = node.fields.get(name);
      boolean copied = known != null && known.hasCopied;
      if (!copied && token != JsonToken.VALUE_NULL && beside.size() < mostBeside) {
        beside.add(node.nameOf(name));
      }
      if (known == null) {
        pass(record, token);
      } else if (token == JsonToken.START_OBJECT && copied && !known.isCopied) {
        known.values.forEach(value -> values[value.index()] = null);
        read(record, known);
      } else {
        Object json = value(record, token);
        for (Value value : known.values) {
          values[value.index()] = value.place().in(json);
        }
      }
    }
  }

  private static Object value(JsonParser record, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> record.getText();
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> record.getNumberValue();
      case VALUE_NUMBER_FLOAT -> record.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> VALUE.readValue(record);
    };
  }

  /** A number beyond all decimals is refused wherever it is. */
  private static void pass(JsonParser record, JsonToken first) throws IOException {
    int depth = 0;
    JsonToken token = first;
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        record.getDecimalValue();
      }
      if (depth == 0) {
        return;
      }
      token = record.nextToken();
    }
  }
}
