package io.stepsync.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.SettingException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  @Test
  void a_wrong_setting_is_told_with_its_stream_and_is_wrong_usage() {
    SettingException cause = new SettingException("ids must be below the checkpoint (5), was 1..9");
    SettingException named = new SettingException("stream user: " + cause.getMessage(), cause);

    StartFailure failure = StartFailure.of(new IllegalStateException("route failed", named));

    assertThat(failure)
        .isEqualTo(
            new StartFailure("stream user: ids must be below the checkpoint (5), was 1..9", 2));
  }

  @Test
  void anything_else_is_a_failure() {
    assertThat(StartFailure.of(new IllegalStateException("no such thing")))
        .isEqualTo(new StartFailure("no such thing", 1));
  }
}
