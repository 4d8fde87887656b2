package io.stepsync.page;

import io.stepsync.store.history.StoredWindows.Latency;
import java.util.List;
import java.util.Map;

/**
 * What a stream's tile shows beside its status.
 *
 * @param status how the stream stood when this was read
 * @param picture its ID space; null before the first run
 * @param runs the last runs, the latest first
 * @param latencies how long the requests of these runs took, by the runs' IDs
 * @param firings the last runs for the charts, those of lanes that went on side by side as one
 */
record TileDetail(
    TileStatus status,
    Picture picture,
    List<RunRow> runs,
    Map<String, Latency> latencies,
    List<RunRow> firings) {

  /**
   * The ID space of a stream. Places are from 0, the first ID, to 1, the end of the last cell.
   *
   * @param lastId the last ID of the picture: the head, or the highest one that was found
   * @param cells the cells that segments count
   * @param beyondId the last ID that was asked behind the picture, and has nothing; null where that
   *     is not a cell away
   */
  record Picture(
      String firstId, String lastId, int cells, List<LanePicture> lanes, String beyondId) {}

  /**
   * A lane's part of it.
   *
   * @param lastId the lane's last ID, or that of the picture
   * @param from where it begins
   * @param to where it ends
   * @param settled whether no ID of it is left to ask, new ones apart
   * @param refreshAt where the refresh goes on; null where none is begun
   */
  record LanePicture(
      int lane,
      String firstId,
      String lastId,
      double from,
      double to,
      List<IdCells.Segment> segments,
      List<IdCells.Mark> deadLetters,
      String checkpoint,
      double checkpointAt,
      boolean settled,
      Double refreshAt) {}
}
