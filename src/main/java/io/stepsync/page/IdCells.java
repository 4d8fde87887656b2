package io.stepsync.page;

import io.stepsync.window.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The IDs from a first to a last one, cut into at most {@value #MOST} cells of the same width, and
 * what is known of each. It is as large for a hundred windows as for a million.
 *
 * <p>Not thread-safe.
 */
final class IdCells {

  private static final int MOST = 400;

  private final long firstId;
  private final long lastId;
  private final long width;
  private final double[] asked;
  private final double[] records;
  private final long[] deadLetters;
  private final long[] firstDeadLetters;

  /** The cells of {@code firstId..lastId}, at least one. */
  IdCells(long firstId, long lastId) {
    this.firstId = firstId;
    this.lastId = Math.max(firstId, lastId);
    this.width = (this.lastId - firstId) / MOST + 1;
    int count = cell(this.lastId) + 1;
    this.asked = new double[count];
    this.records = new double[count];
    this.deadLetters = new long[count];
    this.firstDeadLetters = new long[count];
  }

  long firstId() {
    return firstId;
  }

  long lastId() {
    return lastId;
  }

  long width() {
    return width;
  }

  int count() {
    return asked.length;
  }

  private int cell(long id) {
    return (int) ((id - firstId) / width);
  }

  /**
   * Takes windows that reach from one cell to another. Of one that reaches over the end, the
   * records lie before it.
   *
   * @param first the first ID of them
   * @param last the last ID of them
   * @param found the records of all of them
   * @param ids the IDs of all of them, at least 1; more than there are where they were asked again
   */
  void windows(long first, long last, long found, double ids) {
    long end = Math.min(last, lastId);
    double inside = (double) end - first + 1;
    double idsInside = ids * inside / ((double) last - first + 1);
    for (int cell = cell(first); cell <= cell(end); cell++) {
      double share = overlap(cell, first, end) / inside;
      asked[cell] += idsInside * share;
      records[cell] += found * share;
    }
  }

  private double overlap(int cell, long first, long last) {
    long from = Math.max(first, firstId + cell * width);
    long to = cell == count() - 1 ? last : Math.min(last, firstId + (cell + 1) * width - 1);
    return (double) to - from + 1;
  }

  /** Takes the dead letters of a cell, of which {@code first} is the first. */
  void deadLetters(long first, long count) {
    deadLetters[cell(first)] = count;
    firstDeadLetters[cell(first)] = first;
  }

  /**
   * A part of the picture.
   *
   * @param kind records, gap, settled (by a run whose windows are no longer kept) or unread
   * @param share of the IDs asked so many are records, in quarters from 1 to 4; 0 where it is not
   *     known
   * @param from the first cell
   * @param to the cell behind the last
   */
  record Segment(String kind, int share, int from, int to, String firstId, String lastId) {}

  /** Returns the parts of a lane in order; those of all lanes together are all cells. */
  List<Segment> segments(Lane lane) {
    long checkpoint = lane.checkpoint().currentId();
    List<Segment> segments = new ArrayList<>();
    int from = behind(lane.firstId() - 1);
    int end = behind(lane.lastId());
    for (int cell = from + 1; cell <= end; cell++) {
      if (cell == end || look(cell, checkpoint) != look(from, checkpoint)) {
        int look = look(from, checkpoint);
        long last = cell == count() ? lastId : firstId + cell * width - 1;
        segments.add(
            new Segment(
                kind(look),
                Math.max(0, look),
                from,
                cell,
                Long.toString(firstId + from * width),
                Long.toString(last)));
        from = cell;
      }
    }
    return segments;
  }

  /** Returns the first cell that begins behind an ID. */
  private int behind(long id) {
    return id < firstId ? 0 : id >= lastId ? count() : cell(id) + 1;
  }

  private static final int GAP = 0;
  private static final int SETTLED = -1;
  private static final int UNREAD = -2;

  private int look(int cell, long checkpoint) {
    if (records[cell] > 0) {
      return (int) Math.min(4, 1 + 4 * records[cell] / asked[cell]);
    }
    if (asked[cell] > 0) {
      return GAP;
    }
    return firstId + cell * width < checkpoint ? SETTLED : UNREAD;
  }

  private static String kind(int look) {
    return switch (look) {
      case GAP -> "gap";
      case SETTLED -> "settled";
      case UNREAD -> "unread";
      default -> "records";
    };
  }

  /** Dead letters that lie so close that the picture shows them as one. */
  record Mark(int cell, long count, String firstId) {}

  List<Mark> marks(Lane lane) {
    return IntStream.range(behind(lane.firstId() - 1), behind(lane.lastId()))
        .filter(cell -> deadLetters[cell] > 0)
        .mapToObj(cell -> new Mark(cell, deadLetters[cell], Long.toString(firstDeadLetters[cell])))
        .toList();
  }

  /** Where an ID lies, from 0 to 1. */
  double place(long id) {
    double ids = (double) count() * width;
    return Math.min(1, Math.max(0, (id - firstId) / ids));
  }
}
