package io.stepsync.run;

import io.stepsync.RefreshSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a refresh does about the rows that its answers lacked, once it has seen everything. Used by
 * one thread at a time.
 */
public final class SecondLook {

  /** So many of the missing rows are named. */
  private static final int NAMED = 5;

  private final RefreshSettings settings;
  private final List<String> names = new ArrayList<>();
  private long missing;
  private long rows;
  private long after = -1;
  private boolean begun;
  private boolean over;

  SecondLook(RefreshSettings settings) {
    this.settings = settings;
  }

  /** The refresh has seen everything. */
  public void begin() {
    begun = true;
  }

  boolean isBegun() {
    return begun;
  }

  /** Tells whether names of missing rows are wanted. */
  public boolean isNaming() {
    return names.size() < NAMED;
  }

  public void addMissing(long more) {
    missing += more;
  }

  public void addRows(long more) {
    rows += more;
  }

  public void name(List<String> more) {
    more.stream().limit(NAMED - names.size()).forEach(names::add);
  }

  long missing() {
    return missing;
  }

  /** All rows are counted: where too many are missing, or none, there is nothing to ask again. */
  void decide() {
    over = missing == 0 || refusal().isPresent();
  }

  /** Returns why nothing is deleted, where that is so. */
  public Optional<String> refusal() {
    if (settings.mayDelete(missing, rows)) {
      return Optional.empty();
    }
    String most =
        missing >= rows
            ? "the API had none of them; only maxDeletes=100% allows that"
            : "at most maxDeletes=%s%%, here %d, may be deleted"
                .formatted(
                    settings.maxDeletes().movePointRight(2).stripTrailingZeros().toPlainString(),
                    settings.mostDeletes(rows));
    return Optional.of(this + ": " + most + "; nothing was deleted");
  }

  /** Returns how many rows are missing, of how many, and names some. */
  @Override
  public String toString() {
    String some = names.isEmpty() ? "" : ", such as " + String.join(", ", names);
    return "the API lacks %d of %d rows%s".formatted(missing, Math.max(rows, missing), some);
  }

  /** The missing rows up to this ID are asked for again. */
  public void askedUpTo(long id) {
    after = id;
  }

  /** Returns the ID of the last missing row that was asked for again; −1 for none. */
  long after() {
    return after;
  }

  public void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
