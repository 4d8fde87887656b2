package io.stepsync.bench.rival;

import io.stepsync.Stream;
import java.util.OptionalInt;

/** The settings of stepsync's stream; all that is not named here is the default. */
final class StepsyncStream {

  private static final String COLUMNS =
      """
      id: STRING
      name: STRING
      email: STRING
      address: STRING
      company: STRING
      job: STRING
      updatedAt: UTC_DATETIME
      createdAt: UTC_DATETIME
      """;

  private StepsyncStream() {}

  /**
   * Returns the stream of a table, with the default of fetchAhead where that is empty.
   *
   * @param sink the endpoint that takes its records in place of the table; null for the table
   */
  static Stream of(Setup setup, String table, OptionalInt fetchAhead, String sink) {
    Stream stream = new Stream();
    if (sink != null) {
      stream.setSink(sink);
    }
    stream.setUrl(setup.api().toString());
    stream.setTable(table);
    fetchAhead.ifPresent(stream::setFetchAhead);
    stream.setPrimaryKey("id");
    stream.setStepSize(setup.step());
    stream.setMaxId(setup.lastId());
    stream.setColumns(COLUMNS);
    return stream;
  }
}
