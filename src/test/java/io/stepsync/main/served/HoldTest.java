package io.stepsync.main.served;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.served.Holder.Use;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {

  @TempDir Path directory;

  /** Whoever failed to open the database may have closed it already: the reason must be told. */
  @Test
  void a_right_that_was_given_back_can_be_given_back_again_and_taken() throws Exception {
    Path file = directory.resolve("stepsync.use");
    Hold hold = Hold.take(file, Use.BRIEF).orElseThrow();

    hold.close();
    hold.close();

    assertThat(Hold.isOwn(file)).isFalse();
    assertThat(Hold.take(file, Use.BRIEF))
        .hasValueSatisfying(again -> assertThat(Hold.isOwn(file)).isTrue());
  }
}
