package io.stepsync.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/** A record whose text is its JSON. Not thread-safe. */
public final class JsonRecord extends LinkedHashMap<String, Object> {

  private static final long serialVersionUID = 1L;

  /** A copy of {@code record}. */
  public JsonRecord(Map<String, Object> record) {
    super(record);
  }

  @Override
  public String toString() {
    return ValueReader.jsonText(this);
  }
}
