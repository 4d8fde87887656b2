package io.stepsync.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unused IDs below the highest that was seen which may still come: IDs are handed out in
 * growing order, but transactions commit in another one, and IDs come while a run asks. Each is
 * young until it was asked again {@code settleAfter} after a higher one was seen.
 *
 * <p>Immutable. Times are milliseconds since 1970.
 *
 * @param ranges by their first IDs, at most {@link #MOST}
 */
public record YoungIds(List<Range> ranges) {

  /** No ID is young. */
  public static final YoungIds NONE = new YoungIds(List.of());

  /** More ranges than this are never kept. */
  public static final int MOST = 64;

  /** And at most this many that are to be asked again at once: a request each, at a run's end. */
  private static final int MOST_AGAIN = 16;

  private static final int MOST_WAITING = MOST - MOST_AGAIN;

  /** Of these the highest, however short they are. */
  private static final int NEAREST = 8;

  private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+) (\\d+) (-?\\d+)( again)?");

  /**
   * A range that begins and ends with a young ID; those between may be in use.
   *
   * @param firstId the first of the IDs, at least 0
   * @param lastId the last of the IDs, at least {@code firstId}
   * @param unused how many of the IDs are young, at least 1; about, where a part was asked again
   * @param until when they are of age: once asked later than that, they are young no more
   * @param again whether to ask again even before that, since they were passed before the higher ID
   *     was there
   */
  public record Range(long firstId, long lastId, long unused, long until, boolean again) {

    /**
     * @throws IllegalArgumentException if the numbers contradict one another
     */
    public Range {
      if (unused < 1 || unused > new IdWindow(firstId, lastId).width()) {
        throw new IllegalArgumentException(
            "young must be 1 to all IDs of " + firstId + ".." + lastId + ", was " + unused);
      }
    }

    Range(IdWindow ids, long unused, long until, boolean again) {
      this(ids.firstId(), ids.lastId(), Math.min(unused, ids.width()), until, again);
    }

    IdWindow ids() {
      return new IdWindow(firstId, lastId);
    }

    /** Tells whether none of the IDs is in use. */
    boolean isEmpty() {
      return unused == ids().width();
    }

    private Range and(Range above) {
      return new Range(
          new IdWindow(firstId, Math.max(lastId, above.lastId)),
          unused + above.unused,
          Math.max(until, above.until),
          again || above.again);
    }

    /** Returns the part of {@code ids}, if {@code unusedIds} lie in {@code of}, spread equally. */
    private Range part(IdWindow ids, long unusedIds, long of) {
      double share = (double) unusedIds / of * ids.width();
      long unusedOfIds = unusedIds >= of ? ids.width() : Math.max(1, Math.round(share));
      return new Range(ids, unusedOfIds, until, again);
    }

    private Range asked(boolean isAgain) {
      return new Range(firstId, lastId, unused, until, isAgain);
    }
  }

  public YoungIds {
    ranges = List.copyOf(ranges);
  }

  /** Returns how many IDs are young; about, where a part of a range was asked again. */
  public long count() {
    long count = 0;
    for (Range range : ranges) {
      count = range.unused() > Long.MAX_VALUE - count ? Long.MAX_VALUE : count + range.unused();
    }
    return count;
  }

  /** Returns when the last of the IDs is of age; {@link Long#MIN_VALUE} where there is none. */
  public long until() {
    return ranges.stream().mapToLong(Range::until).max().orElse(Long.MIN_VALUE);
  }

  /** Returns those of them that lie in {@code window}. */
  public YoungIds in(IdWindow window) {
    List<Range> inside = new ArrayList<>();
    for (Range range : ranges) {
      IdWindow both = overlap(range, window);
      if (both != null) {
        inside.add(range.part(both, range.unused(), range.ids().width()));
      }
    }
    return new YoungIds(inside);
  }

  /** Returns these and {@code above}, which all lie above them. */
  public YoungIds and(YoungIds above) {
    List<Range> both = new ArrayList<>(ranges);
    both.addAll(above.ranges);
    return bounded(both);
  }

  /**
   * Returns them as they are at {@code now}. A time that is further away than {@code settleAfter}
   * was told by a clock that has been set back: those IDs are asked again now, and then once more.
   */
  YoungIds at(long now, long settleAfter) {
    long latest = now + settleAfter;
    return new YoungIds(
        ranges.stream()
            .map(
                range ->
                    range.until() <= latest
                        ? range
                        : new Range(range.ids(), range.unused(), latest, true))
            .toList());
  }

  /** Returns the ranges that a run asks again which begins at {@code now}. */
  List<Range> due(long now, long stepSize) {
    return wanted(range -> range.again() || range.until() <= now, stepSize);
  }

  /** Returns the ranges that the run which passed them asks again. */
  List<Range> passed(long stepSize) {
    return wanted(Range::again, stepSize);
  }

  /** Returns the ranges that came to be after {@code time}. */
  List<Range> since(long time, long settleAfter, long stepSize) {
    return wanted(range -> range.until() >= time + settleAfter, stepSize);
  }

  /** Neighbours are asked in one request, if that is no wider than a step. */
  private List<Range> wanted(Predicate<Range> wanted, long stepSize) {
    List<Range> asked = new ArrayList<>();
    for (Range range : ranges) {
      int last = asked.size() - 1;
      if (!wanted.test(range)) {
        continue;
      }
      if (last >= 0 && range.lastId() - asked.get(last).firstId() < stepSize) {
        asked.set(last, asked.get(last).and(range));
      } else {
        asked.add(range);
      }
    }
    return asked;
  }

  /**
   * Returns them after a whole answer.
   *
   * @param found the records of {@code window}
   * @param askedAt when it was asked
   */
  YoungIds asked(IdWindow window, FoundIds found, long askedAt) {
    if (ranges.stream().noneMatch(range -> overlap(range, window) != null)) {
      return this;
    }
    List<Range> left = new ArrayList<>();
    for (Range range : ranges) {
      IdWindow both = overlap(range, window);
      if (both == null) {
        left.add(range);
        continue;
      }
      long unusedNow = both.width() - found.countIn(both);
      long unusedElsewhere = Math.max(0, range.unused() - unusedNow);
      long elsewhere = range.ids().width() - both.width();
      if (range.firstId() < both.firstId()) {
        IdWindow below = new IdWindow(range.firstId(), both.firstId() - 1);
        left.add(range.part(below, unusedElsewhere, elsewhere));
      }
      IdWindow unused = askedAt <= range.until() ? found.unusedIn(both) : null;
      if (unused != null) {
        left.add(new Range(unused, unusedNow, range.until(), false));
      }
      if (range.lastId() > both.lastId()) {
        IdWindow above = new IdWindow(both.lastId() + 1, range.lastId());
        left.add(range.part(above, unusedElsewhere, elsewhere));
      }
    }
    return bounded(left);
  }

  /** Tells whether some of them have come. */
  boolean areAnyIn(IdWindow window, FoundIds found) {
    for (Range range : ranges) {
      IdWindow both = overlap(range, window);
      if (both != null && found.countIn(both) > range.ids().width() - range.unused()) {
        return true;
      }
    }
    return false;
  }

  private static IdWindow overlap(Range range, IdWindow window) {
    long first = Math.max(range.firstId(), window.firstId());
    long last = Math.min(range.lastId(), window.lastId());
    return first <= last ? new IdWindow(first, last) : null;
  }

  /** Returns these and {@code more}, which lies above them all. */
  YoungIds with(Range more) {
    List<Range> all = new ArrayList<>(ranges);
    all.add(more);
    return bounded(all);
  }

  /** Returns those that end at {@code firstId} or above, or that are to be asked again at once. */
  YoungIds from(long firstId) {
    boolean allNear = ranges.isEmpty() || ranges.get(0).lastId() >= firstId;
    return allNear
        ? this
        : new YoungIds(
            ranges.stream().filter(range -> range.again() || range.lastId() >= firstId).toList());
  }

  /** Of each kind only so many are kept apart; to join them only asks for more. */
  private static YoungIds bounded(List<Range> ranges) {
    if (ranges.size() <= MOST_AGAIN) {
      return new YoungIds(ranges);
    }
    List<Range> again = new ArrayList<>(ranges.stream().filter(Range::again).toList());
    List<Range> others = new ArrayList<>(ranges.stream().filter(range -> !range.again()).toList());
    while (again.size() > MOST_AGAIN) {
      Range least = again.get(0);
      for (Range range : again.subList(0, again.size() - NEAREST)) {
        least = range.ids().width() < least.ids().width() ? range : least;
      }
      again.remove(least);
      others.add(least.asked(false));
    }
    others.sort(Comparator.comparingLong(Range::firstId));
    while (others.size() > MOST_WAITING) {
      int nearest = 1;
      for (int i = 2; i < others.size(); i++) {
        if (distance(others, i) < distance(others, nearest)) {
          nearest = i;
        }
      }
      others.set(nearest - 1, others.get(nearest - 1).and(others.remove(nearest)));
    }
    again.addAll(others);
    again.sort(Comparator.comparingLong(Range::firstId));
    return new YoungIds(again);
  }

  private static long distance(List<Range> ranges, int index) {
    return ranges.get(index).firstId() - ranges.get(index - 1).lastId();
  }

  /** Returns what {@link #text} gave; nothing is young where it is null or empty. */
  public static YoungIds parse(String text) {
    if (text == null || text.isBlank()) {
      return NONE;
    }
    List<Range> ranges = new ArrayList<>();
    long next = 0;
    for (String part : text.split(", ", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches() || Long.parseLong(range.group(1)) < next) {
        throw new IllegalArgumentException("young IDs must be ranges that grow, was " + part);
      }
      ranges.add(
          new Range(
              Long.parseLong(range.group(1)),
              Long.parseLong(range.group(2)),
              Long.parseLong(range.group(3)),
              Long.parseLong(range.group(4)),
              range.group(5) != null));
      next = ranges.get(ranges.size() - 1).firstId();
    }
    return new YoungIds(ranges);
  }

  /** Returns them as text, of at most 7,000 characters; null where there are none. */
  public String text() {
    if (ranges.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (Range range : ranges) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(range.firstId())
          .append('-')
          .append(range.lastId())
          .append(' ')
          .append(range.unused())
          .append(' ')
          .append(range.until())
          .append(range.again() ? " again" : "");
    }
    return text.toString();
  }
}
