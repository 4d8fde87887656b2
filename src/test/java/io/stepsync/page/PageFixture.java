package io.stepsync.page;

import io.stepsync.routes.RangeApi;
import io.stepsync.routes.TestDatabase;
import io.stepsync.routes.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Streams in all states, and the status page that shows them.
 *
 * <ul>
 *   <li>{@code user} has 1,500 records, and has not run
 *   <li>{@code order} has an API that answers with HTML
 *   <li>{@code event} has run, over gaps, in {@link #fillEvent}
 *   <li>{@code visit} has eight lanes, which have run in {@link #fillVisit}
 * </ul>
 */
final class PageFixture implements AutoCloseable {

  final RangeApi users = new RangeApi().users(1, 1500);
  final RangeApi orders = new RangeApi().answering(200, "text/html", "<html>");
  final Workspace workspace;
  final PageServer server;

  /**
   * @param properties keys and values, one after the other
   */
  PageFixture(Path directory, String... properties) throws IOException {
    String name = "page-" + UUID.randomUUID();
    String url = "jdbc:hsqldb:mem:" + name;
    workspace = new Workspace(directory, new TestDatabase(url, url, "SA", ""));
    workspace.property("camel.main.name", name);
    workspace.property("stepsync.page.enabled", "true");
    for (int i = 0; i < properties.length; i += 2) {
      workspace.property(properties[i], properties[i + 1]);
    }
    workspace.userStream(users.url(), "");
    stream("order", orders.url(), "");
    stream("event", "http://127.0.0.1:1/events", "refreshSchedule: 0 0 3 * * ?");
    stream(
        "visit",
        "http://127.0.0.1:1/visits",
        "lanes: 8%nmaxId: 400000%nretries: 0%nmetadataColumns: false".formatted());
    server = new PageServer(workspace);
  }

  /** Eight lanes of which two are settled, one has failed, and one has not begun. */
  void fillVisit() throws SQLException {
    workspace.execute("create table \"visit\" (\"id\" bigint primary key, \"name\" longvarchar)");
    int width = 50_000;
    int[] read = {50_000, 31_000, 44_000, 12_000, 50_000, 23_000, 0, 37_000};
    for (int lane = 0; lane < read.length; lane++) {
      int first = lane * width + 1;
      boolean failed = lane == 3;
      run(
          "visit-" + lane,
          "visit",
          1,
          failed ? "failed" : "caught_up",
          read[lane],
          "head",
          "400000",
          failed ? "'window 162001..163000: the answer must have status 2xx, was 503'" : "null");
      workspace.execute(
          "update stepsync_run set lane = %1$d, lanes = 8 where run = 'visit-%1$d'"
              .formatted(lane));
      for (int window = 0; window < read[lane] / 1000; window++) {
        int from = first + 1000 * window;
        int records = window % 11 == 3 + lane ? 0 : 1000 - 110 * ((window + lane) % 9);
        window("visit-" + lane, from, from + 999, records, 20 + window % 13);
      }
      lane(
          lane, lane == 0 ? null : first, lane == 7 ? null : first + width - 1, first + read[lane]);
    }
    deadLetter("visit", 117_500, "at must be set", "{\"id\":117500}");
  }

  private void lane(int lane, Integer firstId, Integer lastId, long currentId) throws SQLException {
    state("visit", lane, "sync", currentId);
    workspace.execute(
        "update stepsync_state set first_id = %s, last_id = %s, lanes = 8 where stream = 'visit' and lane = %d"
            .formatted(firstId, lastId, lane));
  }

  private void stream(String name, String url, String more) throws IOException {
    workspace.stream(
        name,
        "url: %s%ntable: %s%nprimaryKey: id%ncolumns: \"id: LONG, name: STRING\"%n%s"
            .formatted(url, name, more));
  }

  /** A run of {@code event} with gaps, dead letters, a head and a refresh that was begun. */
  void fillEvent() throws SQLException {
    run("event-1", "event", 1, "caught_up", 60_000, "head", "200000", "null");
    for (int window = 0; window < 120; window++) {
      int records = window % 7 == 3 || (window > 60 && window < 75) ? 0 : 1000 - 90 * (window % 9);
      window("event-1", 1 + 1000L * window, 1000L + 1000L * window, records, 20 + window % 13);
    }
    for (int run = 2; run < 10; run++) {
      long records = 4000 + 900L * (run * 5 % 7);
      run("event-" + run, "event", run, "caught_up", records, "head", "200000", "null");
      window("event-" + run, 1, 1000, 1000, 40 + 15L * (run * 3 % 5));
    }
    state("event", "sync", 120_001);
    state("event", "refresh", 43_001);
    deadLetter("event", 17_500, "total must be a number, was \"<b>free</b>\"", "{\"id\":17500}");
    deadLetter("event", 88_001, "placedAt must be set", "{\"id\":88001,\"name\":null}");
  }

  void run(
      String run,
      String stream,
      int hoursAgo,
      String status,
      long records,
      String column,
      String value,
      String error)
      throws SQLException {
    workspace.execute(
        """
        insert into stepsync_run (run, stream, kind, started, ended, status, windows, records,
          upserted, unchanged, deleted, dead, bytes, first_id, last_id, error, %s)
        values ('%s', '%s', 'sync', current_timestamp - %d hour - 30 second,
          current_timestamp - %d hour, '%s', 120, %d, %d, 0, 0, 2, 1, 1, 120000, %s, %s)"""
            .formatted(
                column, run, stream, hoursAgo, hoursAgo, status, records, records, error, value));
  }

  void window(String run, long firstId, long lastId, long records, long millis)
      throws SQLException {
    workspace.execute(
        "insert into stepsync_window values ('%s', %d, %d, %d, %d, 1)"
            .formatted(run, firstId, lastId, records, millis));
  }

  void state(String stream, String kind, long currentId) throws SQLException {
    state(stream, 0, kind, currentId);
  }

  private void state(String stream, int lane, String kind, long currentId) throws SQLException {
    workspace.execute(
        """
        insert into stepsync_state (stream, lane, kind, current_id, state, version, updated_at)
        values ('%s', %d, '%s', %d, '{"current_id": %4$d}', 0, current_timestamp)"""
            .formatted(stream, lane, kind, currentId));
  }

  void deadLetter(String stream, long id, String reason, String payload) throws SQLException {
    workspace.execute(
        "insert into stepsync_dead_letter values ('%s', %d, 'record', '%s', '%s', 'r', current_timestamp, 1)"
            .formatted(stream, id, reason.replace("'", "''"), payload.replace("'", "''")));
  }

  String url() throws Exception {
    return server.url().toString();
  }

  /** The last verify of a stream, which has just ended. */
  void verified(String stream, int missing, int different, int surplus, int complete)
      throws SQLException {
    workspace.execute("delete from stepsync_verify where stream = '" + stream + "'");
    workspace.execute(
        """
        insert into stepsync_verify (stream, started, ended, windows, records, missing, different,
          surplus, unanswered, dead, young, changed, complete)
        values ('%s', current_timestamp - 9 second, current_timestamp, 5, 5000, %d, %d, %d, 0, 0, 0,
          0, %d)"""
            .formatted(stream, missing, different, surplus, complete));
  }

  @Override
  public void close() throws Exception {
    server.close();
    users.close();
    orders.close();
  }
}
