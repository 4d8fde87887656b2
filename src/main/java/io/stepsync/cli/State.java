package io.stepsync.cli;

import io.stepsync.cli.terminal.AsJson;
import io.stepsync.cli.terminal.Json;
import io.stepsync.cli.terminal.Moments;
import io.stepsync.cli.terminal.NamedStreams;
import io.stepsync.cli.terminal.TerminalTable;
import io.stepsync.store.StateRows;
import io.stepsync.window.Lanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code state}: the checkpoints of streams, and how they are moved by hand. */
@Command(
    name = "state",
    description = "Shows and moves the checkpoints of streams; rows are left alone.")
final class State {

  private static final List<String> HEADINGS =
      List.of("stream", "kind", "next ID", "version", "written");
  private static final List<String> LANE_HEADINGS =
      List.of("stream", "kind", "lane", "first ID", "last ID", "next ID", "version", "written");
  private static final String FORCE =
      "Although a run may be alive: it then ends at its next window, which is not written.";

  @Command(name = "list", description = "Shows where the next run and refresh of each go on.")
  int list(@Mixin NamedStreams named, @Mixin AsJson json) throws Exception {
    return StreamsVerb.lookAtKept(
        named.names(),
        (sql, streams) -> {
          StateRows states = new StateRows(sql);
          print(
              streams.stream().flatMap(name -> states.of(name).stream()).toList(), json.isAsked());
        });
  }

  private static void print(List<StateRows.Row> rows, boolean json) throws Exception {
    if (json) {
      Json.print(rows);
      return;
    }
    boolean lanes = rows.stream().anyMatch(row -> row.lane() > 0);
    TerminalTable table = new TerminalTable(lanes ? LANE_HEADINGS : HEADINGS);
    rows.forEach(row -> table.row(values(row, lanes)));
    System.out.print(table);
  }

  private static List<Object> values(StateRows.Row row, boolean lanes) {
    List<Object> values = new ArrayList<>(Arrays.asList(row.stream(), row.kind()));
    if (lanes) {
      values.addAll(Arrays.asList(row.lane(), row.firstId(), row.lastId()));
    }
    values.addAll(Arrays.asList(row.currentId(), row.version(), Moments.moment(row.updatedAt())));
    return values;
  }

  @Command(name = "get", description = "Prints a stream's state, such as {\"current_id\": 5001}.")
  int get(@Parameters(paramLabel = "STREAM", description = "The stream.") String stream)
      throws Exception {
    return StreamsVerb.lookAtKept(
        List.of(stream),
        (sql, streams) ->
            System.out.println(
                StateJson.of(
                    new StateRows(sql)
                        .lanes(stream)
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    "stream " + stream + " has no state, it was never run")))));
  }

  /** A change of the state of one stream, which is its first parameter. */
  static final class Change {

    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream.")
    private String stream;

    @Option(names = "--force", description = FORCE)
    private boolean force;

    private int make(BiConsumer<StateChange, String> change) throws Exception {
      return StreamsVerb.on(
          List.of(stream), streams -> change.accept(new StateChange(streams, force), stream));
    }
  }

  @Command(
      name = "set",
      description = {
        "Moves a stream's checkpoint: the next run starts there.",
        "To read some rows again, refresh --ids leaves it where it is."
      })
  int set(
      @Mixin Change change,
      @Parameters(index = "1", paramLabel = "ID", description = "The next ID that is not settled.")
          String id)
      throws Exception {
    return change.make((state, stream) -> state.move(stream, StateJson.currentId(stream, id)));
  }

  @Command(
      name = "reset",
      description =
          "Has the next run of a stream start at its initialId, and its refresh with it; what is"
              + " known of the API's limits is forgotten.")
  int reset(@Mixin Change change) throws Exception {
    return change.make(StateChange::reset);
  }

  @Command(
      name = "forget",
      description =
          "Forgets at which size the API cuts its answers; it is found out again, in a handful of"
              + " requests.")
  int forget(@Mixin Change change) throws Exception {
    return change.make(StateChange::forgetLimit);
  }

  @Command(
      name = "export",
      description = "Prints the states of all streams, such as {\"user\": {\"current_id\": 5001}}.")
  int export() throws Exception {
    return StreamsVerb.look(
        null,
        streams -> {
          StateRows states = new StateRows(streams.sql());
          Map<String, Lanes> exported = new TreeMap<>();
          for (String name : streams.names()) {
            states.lanes(name).ifPresent(lanes -> exported.put(name, lanes));
          }
          System.out.println(StateJson.of(exported));
        });
  }

  @Command(
      name = "import",
      description = "Moves checkpoints to what export printed, or to one stream's own state.")
  int importStates(
      @Parameters(
              paramLabel = "FILE",
              arity = "0..1",
              description = "Where it stands; the standard input if none is named.")
          Optional<Path> file,
      @Option(
              names = "--stream",
              paramLabel = "STREAM",
              description = "It is the state of this stream: {\"current_id\": 5001}.")
          String stream,
      @Option(names = "--force", description = FORCE) boolean force)
      throws Exception {
    String text = read(file);
    Map<String, Lanes> states =
        stream == null ? StateJson.states(text) : Map.of(stream, StateJson.state(stream, text));
    return StreamsVerb.on(
        List.copyOf(states.keySet()), streams -> new StateChange(streams, force).replace(states));
  }

  private static String read(Optional<Path> file) throws IOException {
    return file.isPresent()
        ? Files.readString(file.get())
        : new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
