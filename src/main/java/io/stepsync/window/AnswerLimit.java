package io.stepsync.window;

/**
 * What the answers so far tell of the size at which the API cuts them. It is taken to be one
 * number, of records or of IDs, though which records a longer answer lacks may be any.
 *
 * <p>An answer that is smaller than one that was seen before cannot have been cut, nor can one with
 * a record for each ID of its window. Any other may have been, and is proved before it commits: its
 * window is asked again, with records below it or in two parts.
 *
 * <p>Immutable.
 *
 * @param largest the most records and the most IDs that an answer ever held; 0 before the first
 * @param limit the records or the IDs at which answers are cut; 0 where that is not known
 */
public record AnswerLimit(AnswerSize largest, AnswerSize limit) {

  /** Nothing is known yet. */
  public static final AnswerLimit UNKNOWN = new AnswerLimit(AnswerSize.NOTHING, AnswerSize.NOTHING);

  /** Tells whether the API may have left out records of {@code window}. */
  public boolean mayBeCapped(IdWindow window, FoundIds found) {
    AnswerSize size = found.size();
    boolean oneForEachId = size.ids() == window.width() && size.records() == size.ids();
    if (window.isSingle() || oneForEachId) {
      return false;
    }
    return mayBeCutAt(size);
  }

  /** Tells whether answers may be cut at this size, as none was larger that was not cut. */
  boolean mayBeCutAt(AnswerSize size) {
    return mayMeet(size.records(), largest.records(), limit.records())
        || mayMeet(size.ids(), largest.ids(), limit.ids());
  }

  private static boolean mayMeet(long number, long largest, long limit) {
    return number >= (limit > 0 ? limit : largest);
  }

  /** Tells whether an answer of this size meets a limit that is known. */
  boolean isMetBy(AnswerSize size) {
    return (limit.records() > 0 && size.records() >= limit.records())
        || (limit.ids() > 0 && size.ids() >= limit.ids());
  }

  /** Returns this where it is declared at how many records answers are cut. */
  AnswerLimit declaredAs(long records) {
    return new AnswerLimit(largest, new AnswerSize(records, records));
  }

  /** Tells whether a limit is known. */
  public boolean isKnown() {
    return !limit.equals(AnswerSize.NOTHING);
  }

  /** Returns what is known after an answer of this size. */
  AnswerLimit seen(AnswerSize size) {
    AnswerSize still =
        new AnswerSize(
            size.records() > limit.records() ? 0 : limit.records(),
            size.ids() > limit.ids() ? 0 : limit.ids());
    return new AnswerLimit(largest.most(size), still);
  }

  /**
   * Returns what is known once an answer of this size was as large as another that must be larger,
   * or smaller than it: by the number that is the same, answers are cut, unless one had more.
   */
  AnswerLimit cutAt(AnswerSize size, AnswerSize other) {
    AnswerSize cut =
        new AnswerSize(
            cut(size.records(), other.records(), largest.records(), limit.records()),
            cut(size.ids(), other.ids(), largest.ids(), limit.ids()));
    return new AnswerLimit(largest.most(size), cut);
  }

  private static long cut(long number, long other, long most, long before) {
    return number == other && number >= most ? number : before;
  }

  /** Returns what two that asked apart know together. */
  public AnswerLimit and(AnswerLimit other) {
    AnswerSize both =
        new AnswerSize(
            least(limit.records(), other.limit.records()), least(limit.ids(), other.limit.ids()));
    return new AnswerLimit(largest.most(other.largest), both);
  }

  private static long least(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }
}
