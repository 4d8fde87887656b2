package io.stepsync.verify;

import io.stepsync.SettingException;
import io.stepsync.window.IdWindow;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which IDs of a stream are verified.
 *
 * <p>Immutable.
 *
 * @param ids the only ones; empty for all that are settled
 * @param sample of those only so many windows; 0 for all
 * @param seed what chooses these windows; 0 where {@code sample} is 0
 */
public record VerifyScope(Optional<IdWindow> ids, int sample, long seed) {

  /** A seed that is easy to copy. */
  private static final int SEEDS = 1_000_000;

  /**
   * Reads what people write.
   *
   * @param ids such as {@code 1-1000}; null for all
   * @param sample how many windows, at least 1; null for all
   * @param seed the seed of a sample before; null for another
   * @throws SettingException naming what is wrong, the rule and the value
   */
  public static VerifyScope of(String ids, Integer sample, Long seed) {
    if (sample != null && sample < 1) {
      throw new SettingException("sample must be >= 1, was " + sample);
    }
    if (seed != null && sample == null) {
      throw new SettingException("seed must not be given without sample, was " + seed);
    }
    return new VerifyScope(
        Optional.ofNullable(ids).map(VerifyScope::range),
        sample == null ? 0 : sample,
        sample == null ? 0 : seed == null ? ThreadLocalRandom.current().nextInt(SEEDS) : seed);
  }

  /**
   * Reads a range of IDs.
   *
   * @throws SettingException naming the rule and the value
   */
  public static IdWindow range(String text) {
    try {
      String[] ids = text.strip().split("\\s*(?:-|\\.\\.)\\s*", 2);
      return new IdWindow(Long.parseLong(ids[0]), Long.parseLong(ids[ids.length - 1]));
    } catch (IllegalArgumentException e) {
      throw new SettingException("ids must be A-B with 0 <= A <= B, was " + text, e);
    }
  }

  /** Returns the scope for people; nothing where it is all IDs. */
  @Override
  public String toString() {
    return ids.map(range -> ", IDs " + range).orElse("")
        + (sample == 0 ? "" : ", a sample of %d windows by seed %d".formatted(sample, seed));
  }
}
