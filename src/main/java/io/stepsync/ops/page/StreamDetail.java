package io.stepsync.ops.page;

import java.util.List;
import java.util.Map;

/**
 * What a stream's tile shows beside its status.
 *
 * @param status how the stream stood when this was read
 * @param lanes a picture of the ID space each; none before the first run
 * @param runs the last runs, the latest first
 * @param latencies how long the requests of these runs took, by the runs' IDs
 */
record StreamDetail(
    StreamStatus status,
    List<Picture> lanes,
    List<RunRow> runs,
    Map<String, Tables.Latency> latencies) {

  /**
   * The ID space of a lane. Places are from 0, the first ID, to 1, the end of the last cell.
   *
   * @param lastId the last ID of the picture: the head, or the one below the checkpoint
   * @param cells the cells that {@code segments} count
   * @param refreshAt where the refresh goes on; null where none is begun
   * @param beyondId the last ID that was asked behind the picture, and has nothing; null where that
   *     is not a cell away
   */
  record Picture(
      int lane,
      String firstId,
      String lastId,
      int cells,
      List<Cells.Segment> segments,
      List<Cells.Mark> deadLetters,
      String checkpoint,
      double checkpointAt,
      Double refreshAt,
      String beyondId) {}
}
