package io.stepsync.routes;

import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.routes.ScriptedApi.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An API with ID ranges at several paths, each with records and an envelope of its own; without a
 * range it has all of them.
 */
public final class ShapedApi implements AutoCloseable {

  private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
  private final ScriptedApi server = new ScriptedApi(this::answer);

  /** What an answer looks like: {@code envelope} has a $ where the records are. */
  private record Shape(String envelope, SortedMap<Long, String> records) {}

  public ShapedApi() throws IOException {}

  /** Adds records with the IDs 1, 2, 3 and so on; {@code ID} in them stands for it. */
  public ShapedApi shape(String path, String envelope, String... records) {
    SortedMap<Long, String> byId = new TreeMap<>();
    for (String record : records) {
      long id = byId.size() + 1L;
      byId.put(id, record.replace("ID", Long.toString(id)));
    }
    shapes.put("/" + path, new Shape(envelope, byId));
    return this;
  }

  private Reply answer(Request request) {
    Shape shape = shapes.get(request.path());
    SortedMap<Long, String> asked =
        request.query().keySet().containsAll(Set.of("start_id", "end_id"))
            ? shape.records.subMap(request.number("start_id"), request.number("end_id") + 1)
            : shape.records;
    return Reply.json(shape.envelope.replace("$", String.join(",", asked.values())));
  }

  public String url(String path) {
    return server.url("/" + path);
  }

  @Override
  public void close() {
    server.close();
  }
}
