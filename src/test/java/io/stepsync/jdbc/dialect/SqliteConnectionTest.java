package io.stepsync.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class SqliteConnectionTest {

  @TempDir Path directory;
  private SingleConnectionDataSource raw;
  private JdbcTemplate sql;

  @BeforeEach
  void open() throws SQLException {
    raw = new SingleConnectionDataSource("jdbc:sqlite:" + directory.resolve("file.db"), true);
    sql =
        new JdbcTemplate(
            new SingleConnectionDataSource(new SqliteDialect().adapted(raw.getConnection()), true));
    sql.execute("CREATE TABLE note (name TEXT NOT NULL PRIMARY KEY, said TEXT UNIQUE)");
    sql.update("INSERT INTO note VALUES ('a', 'x')");
  }

  @Test
  void a_row_that_is_there_is_told_as_such() {
    assertThatThrownBy(() -> sql.update("INSERT INTO note VALUES ('a', 'y')"))
        .isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> sql.update("INSERT INTO note VALUES (?, ?)", "b", "x"))
        .isInstanceOf(DuplicateKeyException.class);
    raw.destroy();
  }

  @Test
  void a_value_that_is_not_taken_is_no_row_that_is_there() {
    assertThatThrownBy(() -> sql.update("INSERT INTO note VALUES (NULL, 'y')"))
        .isInstanceOf(DataIntegrityViolationException.class)
        .isNotInstanceOf(DuplicateKeyException.class);
    raw.destroy();
  }
}
