package io.stepsync.cluster;

import io.stepsync.SettingException;
import io.stepsync.store.alive.AliveNodes;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database's clock, with which that of each node must agree, so that any two nodes do: each
 * judges by its own clock whether another is dead, from when that, by its own, checked in.
 * Thread-safe.
 */
final class DatabaseClock {

  /** Two nodes may be twice as far apart; Quartz takes one for dead that is 7.5 s late. */
  static final Duration LIMIT = AliveNodes.CLOCKS;

  private final JdbcTemplate sql;
  private final InstantSource own;

  /**
   * @param own this node's clock
   */
  DatabaseClock(JdbcTemplate sql, InstantSource own) {
    this.sql = sql;
    this.own = own;
  }

  Instant now() {
    return sql.queryForObject("SELECT CURRENT_TIMESTAMP(6)", Timestamp.class).toInstant();
  }

  /**
   * Checks the node's clock.
   *
   * @throws SettingException if it does not agree
   */
  void check() {
    fault()
        .ifPresent(
            fault -> {
              throw new SettingException(fault);
            });
  }

  /** Returns what is wrong with this node's clock, in a sentence; empty if it agrees. */
  Optional<String> fault() {
    Duration ahead = ahead();
    return ahead.abs().compareTo(LIMIT) <= 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the clock of this node must agree with the database's within %ds, was %.1fs %s;"
                    + " have NTP set both",
                LIMIT.toSeconds(),
                ahead.abs().toMillis() / 1000.0,
                ahead.isNegative() ? "behind" : "ahead"));
  }

  /** Returns how far the node's clock is ahead, at least: the question took a while. */
  private Duration ahead() {
    now(); // the first question may take long
    Instant asked = own.instant();
    Instant now = now();
    Instant answered = own.instant();
    if (now.isBefore(asked)) {
      return Duration.between(now, asked);
    }
    return now.isAfter(answered) ? Duration.between(now, answered) : Duration.ZERO;
  }
}
