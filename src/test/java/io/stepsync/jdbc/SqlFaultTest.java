package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFaultTest {

  @ParameterizedTest
  @CsvSource({
    "22001, ROWS_REFUSED", // too long
    "23505, ROWS_REFUSED", // a unique constraint
    "54000, ROWS_REFUSED",
    "40001, PASSING", // serialization
    "40P01, PASSING", // deadlock
    "08006, PASSING", // connection lost
    "57P01, PASSING", // the server is stopped
    "57P03, PASSING", // the server starts
    "25P03, PASSING", // a transaction stood still for too long
    "57014, LASTING", // a statement was cancelled
    "42501, LASTING", // not allowed
    "53100, LASTING", // the disk is full
  })
  void an_sqlstate_tells_what_is_to_be_done(String state, SqlFault fault) {
    assertThat(SqlFault.of(new SQLException("no", state))).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "1366, ROWS_REFUSED", // a sign that the column's character set lacks
    "3819, ROWS_REFUSED", // a check constraint
    "1364, LASTING" // another column needs a value
  })
  void mysql_has_numbers_for_what_has_no_sqlstate(int code, SqlFault fault) {
    assertThat(SqlFault.of(new SQLException("no", "HY000", code))).isEqualTo(fault);
  }

  @Test
  void what_the_pool_says_of_a_connection_that_is_gone_or_not_to_be_had_passes() {
    assertThat(SqlFault.of(new SQLException("Connection is closed"))).isEqualTo(SqlFault.PASSING);
    assertThat(SqlFault.of(new SQLTransientConnectionException("timed out", "HY000")))
        .isEqualTo(SqlFault.PASSING);
  }
}
