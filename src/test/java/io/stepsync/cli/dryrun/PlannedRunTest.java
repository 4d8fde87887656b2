package io.stepsync.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.ScanStart;
import io.stepsync.window.WindowPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedRunTest {

  private static StreamSettings stream(Long maxStepSize) {
    Stream stream = new Stream();
    stream.setUrl("http://127.0.0.1/");
    stream.setTable("t");
    stream.setPrimaryKey("id");
    stream.setColumns("id: LONG");
    stream.setMaxId(1_900_000_000_000_000_000L);
    stream.setMaxStepSize(maxStepSize);
    return stream.checked("user");
  }

  private static StreamPlan plan(StreamSettings stream) {
    WindowPlan plan = WindowPlan.startingAt(ScanStart.at(new Checkpoint(1)), stream.scan());
    PlannedRun run = PlannedRun.of(stream, List.of(plan), false, 0);
    return new StreamPlan(stream, null, run, new StreamPlan.Past(0, 0), null, null);
  }

  @Test
  void windows_are_computed_however_many_there_are() {
    StreamPlan plan = plan(stream(1_000_000L));

    // 1000 to 512,000 IDs, and from there on a million each
    assertThat(plan.run().leastWindows()).isEqualTo(10 + 1_899_999_999_999L);
    assertThat(plan.text())
        .contains("hopeless  as it is set: 1900000000009 windows at least, about 6000 years");
  }

  @Test
  void a_job_whose_windows_widen_is_not_hopeless() {
    StreamPlan plan = plan(stream(null));

    assertThat(plan.run().leastWindows()).isLessThan(200);
    assertThat(plan.text()).doesNotContain("hopeless");
  }
}
