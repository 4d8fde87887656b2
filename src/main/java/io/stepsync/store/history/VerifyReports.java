package io.stepsync.store.history;

import static java.util.stream.Collectors.toMap;

import io.stepsync.json.ShortText;
import io.stepsync.store.StreamMoments;
import io.stepsync.verify.VerifyReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of stepsync_verify: the last result of each stream. Thread-safe. */
public final class VerifyReports {

  private static final String COLUMNS =
      "started, ended, first_id, last_id, sample, seed, windows, records, missing, different,"
          + " surplus, unanswered, dead, young, changed, complete, error";
  private static final String UPDATE =
      "UPDATE stepsync_verify SET " + COLUMNS.replace(",", " = ?,") + " = ? WHERE stream = ?";
  private static final String INSERT =
      "INSERT INTO stepsync_verify ("
          + COLUMNS
          + ", stream) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String SELECT = "SELECT stream, " + COLUMNS + " FROM stepsync_verify";

  private static final int LONGEST_ERROR = 4000;

  private final JdbcTemplate sql;

  public VerifyReports(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Keeps a report in the place of the stream's last one. */
  public void save(VerifyReport report) {
    Object[] values = values(report);
    if (sql.update(UPDATE, values) == 0) {
      try {
        sql.update(INSERT, values);
      } catch (DuplicateKeyException e) {
        sql.update(UPDATE, values); // another one ended at this moment
      }
    }
  }

  private static Object[] values(VerifyReport report) {
    String error = report.error();
    return new Object[] {
      report.started().atOffset(ZoneOffset.UTC),
      report.ended().atOffset(ZoneOffset.UTC),
      report.firstId(),
      report.lastId(),
      report.sample(),
      report.seed(),
      report.windows(),
      report.records(),
      report.missing(),
      report.different(),
      report.surplus(),
      report.unanswered(),
      report.deadLetters(),
      report.young(),
      report.changedMeanwhile(),
      report.complete() ? 1 : 0,
      error == null ? null : ShortText.start(error, LONGEST_ERROR),
      report.stream()
    };
  }

  /** Returns the last report of a stream, without its differences. */
  public Optional<VerifyReport> of(String stream) {
    return sql.query(SELECT + " WHERE stream = ?", (row, number) -> report(row), stream).stream()
        .findFirst();
  }

  /** Returns the last report of each stream that was verified, without its differences. */
  public Map<String, VerifyReport> byStream() {
    return sql.query(SELECT, (row, number) -> report(row)).stream()
        .collect(toMap(VerifyReport::stream, Function.identity()));
  }

  private static VerifyReport report(ResultSet row) throws SQLException {
    Instant ended = StreamMoments.moment(row, "ended");
    Long sample = number(row, "sample");
    return new VerifyReport(
        row.getString("stream"),
        StreamMoments.moment(row, "started"),
        ended,
        number(row, "first_id"),
        number(row, "last_id"),
        sample == null ? null : sample.intValue(),
        number(row, "seed"),
        row.getLong("windows"),
        row.getLong("records"),
        row.getLong("missing"),
        row.getLong("different"),
        number(row, "surplus"),
        row.getLong("unanswered"),
        row.getLong("dead"),
        row.getLong("young"),
        row.getLong("changed"),
        row.getInt("complete") == 1,
        row.getString("error"),
        List.of());
  }

  private static Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
