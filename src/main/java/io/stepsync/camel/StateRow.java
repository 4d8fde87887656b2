package io.stepsync.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.sync.AnswerLimit;
import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.Known;
import io.stepsync.sync.Lane;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Starts the run of an exchange where the row of its lane says. The checkpoint stands there twice,
 * as a number and in the ancestor's form, {@code {"current_id": 5001}}; a row in which the two
 * differ is damaged, and the run fails.
 */
public final class StateRow implements Processor {

  private static final ObjectMapper JSON = new ObjectMapper();

  static String json(Checkpoint checkpoint) {
    return "{\"current_id\": " + checkpoint.currentId() + "}";
  }

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    if (run.isDry() && exchange.getMessage().getBody(List.class).isEmpty()) {
      run.startAtInitial();
      return;
    }
    run.startAt(lanes(exchange));
  }

  /** Returns the lanes of the rows in the body, of which none is being refreshed. */
  static StoredLanes lanes(Exchange exchange) {
    return new StoredLanes(SqlRow.all(exchange).stream().map(row -> lane(row, null)).toList());
  }

  /**
   * Returns the lane of a row.
   *
   * @param refresh the row of its refresh; null for none
   */
  static StoredLane lane(SqlRow row, SqlRow refresh) {
    Checkpoint checkpoint = checkpoint(row);
    long firstId = row.number("first_id", 0);
    long refreshId = refresh == null ? firstId : checkpoint(refresh).currentId();
    return new StoredLane(
        new Lane(
            firstId,
            row.number("last_id", Long.MAX_VALUE),
            checkpoint,
            new Known(row.number("known_from"), row.number("known_records")),
            refreshId),
        new AnswerLimit(row.number("largest"), row.number("answer_limit")),
        row.number("version"),
        Math.toIntExact(row.number("lanes")));
  }

  static Checkpoint checkpoint(SqlRow row) {
    long currentId = row.number("current_id");
    String state = row.text("state");
    if (currentId < 0 || currentId(state) != currentId) {
      throw new IllegalStateException(
          "the state row is damaged: current_id must be >= 0 and the same in both columns, was "
              + currentId
              + " and "
              + state);
    }
    return new Checkpoint(currentId);
  }

  private static long currentId(String state) {
    try {
      JsonNode value = JSON.readTree(state).path("current_id");
      return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : -1;
    } catch (JsonProcessingException e) {
      return -1;
    }
  }
}
