package io.stepsync.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Nodes whose clocks are not the database's. */
class DatabaseClockTest {

  private static final InstantSource RIGHT = InstantSource.system();

  private volatile InstantSource own = RIGHT;

  private DatabaseClock clock() {
    JdbcTemplate sql =
        new JdbcTemplate(
            new DriverManagerDataSource("jdbc:hsqldb:mem:clock;sql.syntax_pgs=true", "SA", ""));
    return new DatabaseClock(sql, () -> own.instant());
  }

  private void turn(Duration ahead) {
    own = Clock.offset(Clock.systemUTC(), ahead);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1900, -1900})
  void a_clock_that_agrees_within_the_limit_is_good_enough(long millis) {
    turn(Duration.ofMillis(millis));

    assertThat(clock().fault()).isEmpty();
  }

  @Test
  void a_node_whose_clock_does_not_agree_is_refused_and_told_by_how_much() {
    DatabaseClock clock = clock();
    String rule = "the clock of this node must agree with the database's within 2s, was ";

    turn(Duration.ofHours(1));
    assertThatThrownBy(clock::check)
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(rule)
        .hasMessageMatching(".* was 3(600|59\\d)\\.\\ds ahead; have NTP set both");
    turn(Duration.ofHours(-1));
    assertThatThrownBy(clock::check)
        .isInstanceOf(SettingException.class)
        .hasMessageMatching(".* was 3(600|59\\d)\\.\\ds behind; have NTP set both");
  }

  /** The database's moment lies between two moments that are far apart: that says nothing. */
  @Test
  void a_question_that_takes_long_is_no_proof_of_a_wrong_clock() {
    DatabaseClock clock = clock();
    own =
        () -> {
          turn(Duration.ofMinutes(1)); // from the second look on
          return RIGHT.instant().minusSeconds(60);
        };

    assertThat(clock.fault()).isEmpty();
  }

  @Test
  void a_clock_that_drifts_away_is_a_fault_of_health_until_it_is_set() {
    ClockHealth health = new ClockHealth(clock());
    health.look();
    assertThat(health.call().getState()).isEqualTo(State.UP);

    turn(Duration.ofSeconds(30));
    health.look();
    Result drifted = health.call();
    own = RIGHT;
    health.look();

    assertThat(drifted.getState()).isEqualTo(State.DOWN);
    assertThat(drifted.getMessage().orElseThrow()).contains("within 2s, was ").contains("ahead");
    assertThat(health.call().getState()).isEqualTo(State.UP);
  }
}
