package io.stepsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapShareTest {

  private final HeapShare share = new HeapShare(100);

  @Test
  void answers_fit_up_to_the_share() {
    share.enter(60);

    assertThat(share.fits(40)).isTrue();
    assertThat(share.fits(41)).isFalse();
  }

  @Test
  void one_that_left_makes_room() {
    share.enter(60);
    share.enter(40);
    share.leave(60);

    assertThat(share.fits(60)).isTrue();
    assertThat(share.isSingle()).isTrue();
    share.leave(40);
    assertThat(share.isEmpty()).isTrue();
  }

  @Test
  void one_that_turned_out_longer_or_shorter_counts_as_what_it_is() {
    share.enter(10);
    share.add(80);
    assertThat(share.fits(11)).isFalse();
    share.add(-85);
    assertThat(share.fits(95)).isTrue();
  }

  @Test
  void all_fits_beside_no_other() {
    assertThat(share.fits(share.all())).isFalse();
    share.enter(share.all());
    assertThat(share.fits(0)).isFalse();
  }

  @Test
  void a_sixteenth_of_the_heap_is_the_share() {
    assertThat(HeapShare.of(1600).fits(100)).isTrue();
    assertThat(HeapShare.of(1600).fits(101)).isFalse();
    assertThat(HeapShare.of(0).fits(1)).isTrue();
    assertThat(HeapShare.of(Long.MAX_VALUE).fits(1L << 50)).isTrue();
  }

  @Test
  void a_share_of_nothing_is_refused() {
    assertThatThrownBy(() -> new HeapShare(0)).hasMessage("a share must be >= 1 byte, was 0");
  }
}
