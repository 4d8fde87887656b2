package io.stepsync.bench.rival;

import io.stepsync.Stream;

/** The settings of stepsync's stream; all that is not named here is the default. */
final class StepsyncStream {

  static final String NAME = "bench";
  static final String TABLE = "bench_stepsync";

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

  static Stream of(Setup setup) {
    Stream stream = new Stream();
    stream.setUrl(setup.api().toString());
    stream.setTable(TABLE);
    stream.setPrimaryKey("id");
    stream.setStepSize(setup.step());
    stream.setMaxId(setup.rows());
    stream.setColumns(COLUMNS);
    return stream;
  }
}
