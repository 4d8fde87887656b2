package io.stepsync.store;

import io.stepsync.StreamSettings;
import io.stepsync.window.Lanes;

/**
 * How the lanes of a stream are to be cut, for the run of its lowest lane.
 *
 * @param settings the stream's, as this process has them
 * @param head the API's highest ID; null where it tells none
 * @param restarts whether the stream starts over where the head is below what was found
 * @param agreed whether the process has cut the stream before, or left it as it was: then others,
 *     who may have other settings, are followed
 */
public record LaneCut(StreamSettings settings, Long head, boolean restarts, boolean agreed) {

  /**
   * Tells whether the lanes are to be changed: there is a step at least for each that is set, or
   * all but the highest are settled.
   */
  public boolean isDue(StoredLanes stored) {
    if (isReset(stored)) {
      return true;
    }
    Lanes cut = cut(stored);
    int after = cut.all().size();
    if (stored.count() == 1) {
      return settings.lanes() > 1 && after >= settings.lanes();
    }
    boolean spare = stored.count() > stored.cutInto() && after < stored.count();
    boolean shareable = stored.lanes().isSettledButForHighest() && !cut.equals(stored.lanes());
    return isChanged(stored) || spare || shareable;
  }

  private boolean isChanged(StoredLanes stored) {
    return !agreed && stored.cutInto() != settings.lanes();
  }

  /** Lanes that others have cut again meanwhile are not above the head any more. */
  private boolean isReset(StoredLanes stored) {
    return restarts
        && stored.count() > 1
        && head != null
        && head < stored.reached().currentId() - 1;
  }

  /** Returns the lanes that come of it: as many as are set, or as few as can be. */
  public Lanes cut(StoredLanes stored) {
    Lanes lanes = isReset(stored) ? Lanes.from(settings.scan().initialId()) : stored.lanes();
    long step = lanes.width(settings.scan().stepSize());
    Lanes cut = lanes.cut(count(stored), step, end());
    return cut.all().size() < count(stored) ? lanes.cut(1, step, end()) : cut;
  }

  /** Returns into how many lanes the stream is to be cut, which is stored with them. */
  public int count(StoredLanes stored) {
    return stored.count() == 1 || !agreed ? settings.lanes() : stored.cutInto();
  }

  private long end() {
    long maxId = settings.scan().maxId();
    return head == null ? maxId : Math.min(head, maxId);
  }
}
