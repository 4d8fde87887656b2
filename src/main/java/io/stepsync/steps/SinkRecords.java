package io.stepsync.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stepsync.jdbc.ValueReader;
import io.stepsync.jdbc.WindowRows;
import java.io.ByteArrayInputStream;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.support.TypeConverterSupport;

/**
 * A window's records, as a sink gets them: a list of maps, each of which as text is a JSON object;
 * the list as text is a line for each. Put in order when first asked for, since the table's own
 * sink never asks. Not to be changed; used by one thread at a time.
 */
public final class SinkRecords extends AbstractList<Map<String, Object>> {

  private final WindowRows rows;
  private List<Map<String, Object>> records;

  SinkRecords(WindowRows rows) {
    this.rows = rows;
  }

  /** Tells whether these are all records of {@code rows}. */
  boolean areOf(WindowRows other) {
    return rows == other;
  }

  private List<Map<String, Object>> records() {
    if (records == null) {
      records = rows.rowRecords();
    }
    return records;
  }

  /** The list as a stream of its text, in UTF-8: what files and sockets take. */
  public static final class AsStream extends TypeConverterSupport {
    @Override
    public <T> T convertTo(Class<T> type, Exchange exchange, Object records) {
      return type.cast(new ByteArrayInputStream(records.toString().getBytes(UTF_8)));
    }
  }

  @Override
  public Map<String, Object> get(int index) {
    return new JsonRecord(records().get(index));
  }

  @Override
  public int size() {
    return records().size();
  }

  /** Returns a JSON object a line, the last one ended too. */
  @Override
  public String toString() {
    return stream().map(record -> record + "\n").collect(Collectors.joining());
  }

  /** A record whose text is its JSON. Not thread-safe. */
  private static final class JsonRecord extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    /** A copy of {@code record}. */
    JsonRecord(Map<String, Object> record) {
      super(record);
    }

    @Override
    public String toString() {
      return ValueReader.jsonText(this);
    }
  }
}
