package io.stepsync.store.budget;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * How a budget stands.
 *
 * @param name the one that streams give; null where a stream has it for itself
 * @param limit what it allows, as people write it
 * @param heldUntil until when no request is made, as the API told one of its streams; null where it
 *     is not held back
 */
public record BudgetStatus(String name, String limit, Instant heldUntil) {

  /** Returns until when the budgets are held back, by the keys of their rows. */
  public static Map<String, Instant> held(JdbcTemplate sql, Instant now) {
    Map<String, Instant> held = new HashMap<>();
    RowCallbackHandler add =
        row -> {
          Instant until = Instant.EPOCH.plus(Long.parseLong(row.getString(2)), ChronoUnit.MICROS);
          if (until.isAfter(now)) {
            String key = row.getString(1);
            held.put(key.substring(0, key.length() - BudgetTable.HELD.length()), until);
          }
        };
    sql.query(
        "SELECT stream, state FROM stepsync_budget WHERE stream LIKE '%" + BudgetTable.HELD + "'",
        add);
    return held;
  }
}
