package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.Stream;
import io.stepsync.run.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that the database carried out, and whose answer was lost. */
class LostCommitTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void costs_the_run_nothing(int commit) throws Exception {
    try (RangeApi api = new RangeApi();
        MortalStepsync stepsync = new MortalStepsync(directory)) {
      api.records(1, 500, id -> "{\"id\":%d,\"v\":1}".formatted(id));
      Stream stream = new Stream();
      stream.setUrl(api.url());
      stream.setTable("item");
      stream.setPrimaryKey("id");
      stream.setColumns("id: LONG, v: INT");
      stream.setStepSize(100);
      stream.setMaxId(500L);
      stepsync.begin(stream);

      Run run = stepsync.runLosingCommit(commit);

      assertThat(run.getError()).isEmpty();
      assertThat(run.getCounters().upserted()).isEqualTo(500);
      assertThat(stepsync.lastRun()).isEqualTo("caught_up 500");
      assertThat(stepsync.table()).hasSize(500);
      assertThat(stepsync.checkpoint()).isEqualTo(501);
    }
  }
}
