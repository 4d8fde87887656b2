package io.stepsync.steps;

import io.stepsync.http.AnswerException;
import io.stepsync.http.RecordId;
import io.stepsync.http.RecordReader;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.json.RecordValues;
import io.stepsync.run.Run;
import io.stepsync.window.IdWindow;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Adds the record in the body, or all records if that is an iterator, to the rows of their window,
 * or to its dead letters. Where answers are open-ended, one above the last ID to be asked is passed
 * over.
 *
 * <p>Throws {@link AnswerException} if a record's ID is not one of the window's.
 */
public final class CheckRecord implements Processor {

  @Override
  @SuppressWarnings("unchecked")
  public void process(Exchange exchange) {
    Ids ids = Ids.of(exchange);
    if (exchange.getMessage().getBody() instanceof RecordReader records
        && ids.run.getSettings().table().hasTable()
        && records.canReadValues()) {
      addValues(ids, records);
    } else if (exchange.getMessage().getBody() instanceof Iterator<?> records) {
      records.forEachRemaining(record -> add(ids, (Map<String, Object>) record));
    } else {
      add(ids, record(exchange));
    }
  }

  private static void addValues(Ids ids, RecordReader records) {
    RecordValues values = ids.rows.values(ids.recordId.place());
    while (records.hasNext()) {
      Supplier<Map<String, Object>> record = records.next(values);
      long id = ids.recordId.of(values.last(), ids.answerable);
      if (ids.isToTake(id)) {
        ids.rows.add(id, values, record);
      }
    }
  }

  private static void add(Ids ids, Map<String, Object> record) {
    ids.toTake(record).ifPresent(id -> ids.rows.add(id, record));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> record(Exchange exchange) {
    return exchange.getMessage().getBody(Map.class);
  }

  /** The IDs that an answer may have, and which of them are taken. */
  record Ids(Run run, RecordId recordId, IdWindow answerable, long last, WindowRows rows) {

    static Ids of(Exchange exchange) {
      Run run = ExchangeVariables.run(exchange);
      IdWindow window = ExchangeVariables.window(exchange);
      return new Ids(
          run,
          run.recordId(),
          run.requests().answerable(window),
          run.requests().lastTaken(window),
          ExchangeVariables.rows(exchange));
    }

    /** Returns the record's ID, or nothing if it is passed over. */
    OptionalLong toTake(Map<String, Object> record) {
      long id = recordId.in(record, answerable);
      return isToTake(id) ? OptionalLong.of(id) : OptionalLong.empty();
    }

    private boolean isToTake(long id) {
      if (id > last) {
        rows.passOver();
      }
      return id <= last;
    }
  }
}
