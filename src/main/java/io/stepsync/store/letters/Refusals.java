package io.stepsync.store.letters;

import io.stepsync.jdbc.DeadLetter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run has refused, by the rule that was broken. Used by one thread at a time. */
public final class Refusals {

  /** More rules than this are not told apart. */
  private static final int MOST = 20;

  private final Map<String, Refusal> byRule = new LinkedHashMap<>();
  private long others;

  /**
   * What broke one rule.
   *
   * @param first the first that did
   */
  public record Refusal(String rule, DeadLetter first, long count) {}

  public void add(Collection<DeadLetter> letters) {
    for (DeadLetter letter : letters) {
      String rule = DeadLetter.rule(letter.reason());
      if (byRule.size() < MOST || byRule.containsKey(rule)) {
        byRule.merge(
            rule,
            new Refusal(rule, letter, 1),
            (known, one) -> new Refusal(rule, known.first(), known.count() + 1));
      } else {
        others++;
      }
    }
  }

  public List<Refusal> all() {
    return List.copyOf(byRule.values());
  }

  /** Returns how many broke a rule that is not told. */
  public long others() {
    return others;
  }
}
