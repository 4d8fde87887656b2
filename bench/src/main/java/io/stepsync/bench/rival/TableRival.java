package io.stepsync.bench.rival;

import java.sql.SQLException;

/** A rival with a {@link Target}. */
abstract class TableRival implements Rival {

  private final Target target;

  TableRival(Target target) {
    this.target = target;
  }

  final Target target() {
    return target;
  }

  @Override
  public void empty() throws SQLException {
    target.empty();
  }

  @Override
  public void rewind() throws SQLException {
    target.rewind();
  }

  @Override
  public long count() throws SQLException {
    return target.count();
  }

  @Override
  public void close() throws Exception {
    target.close();
  }
}
