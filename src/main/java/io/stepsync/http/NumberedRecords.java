package io.stepsync.http;

import java.util.Iterator;
import java.util.Map;

/**
 * The records of an answer whose IDs are their places in it, with the ID added to each. Not
 * thread-safe.
 */
final class NumberedRecords implements Iterator<Map<String, Object>> {

  private final Iterator<Map<String, Object>> records;
  private final String field;
  private long next;

  /**
   * @param records in the order of their IDs, without a gap
   * @param firstId the ID of the first
   */
  NumberedRecords(Iterator<Map<String, Object>> records, String field, long firstId) {
    this.records = records;
    this.field = field;
    this.next = firstId;
  }

  @Override
  public boolean hasNext() {
    return records.hasNext();
  }

  /**
   * @throws AnswerException if the record has the field already
   */
  @Override
  public Map<String, Object> next() {
    Map<String, Object> record = records.next();
    if (record.putIfAbsent(field, next) != null) {
      throw new AnswerException(
          "the records must have no "
              + field
              + " where idFromPosition=true, was "
              + record.get(field));
    }
    next++;
    return record;
  }
}
