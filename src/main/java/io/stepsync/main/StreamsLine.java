package io.stepsync.main;

import static java.util.stream.Collectors.joining;

import io.stepsync.camel.TriggerTable;
import io.stepsync.main.files.RouteFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once, when everything has started, which streams there are and when each runs next. */
final class StreamsLine extends MainListenerSupport {

  private static final int MOST = 5;
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final Collection<String> streams;
  private final RouteFiles files;

  StreamsLine(Collection<String> streams, RouteFiles files) {
    this.streams = streams;
    this.files = files;
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    Logger log = LoggerFactory.getLogger(StreamsLine.class); // how it logs is settled by now
    try {
      log.info(told(main.getCamelContext(), ZonedDateTime.now(ZoneId.systemDefault())));
    } catch (RuntimeException e) {
      log.debug("the streams cannot be listed", e); // a database that is away at this moment
    }
  }

  private String told(CamelContext context, ZonedDateTime now) {
    List<TriggerTable.Row> triggers = TriggerTable.of(context).read();
    Map<String, Path> own = files.filesOfBeans();
    String more =
        streams.size() > MOST
            ? "; and %d more, see stepsync status".formatted(streams.size() - MOST)
            : "";
    return streams.stream()
        .limit(MOST)
        .map(name -> name + from(own.get(name)) + next(name, triggers, now))
        .collect(joining("; ", "streams: ", more));
  }

  private static String from(Path file) {
    return " from " + (file == null ? "the jar" : file);
  }

  private static String next(String stream, List<TriggerTable.Row> triggers, ZonedDateTime now) {
    return triggers.stream()
        .filter(row -> !row.byHand() && row.lane().stream().equals(stream))
        .flatMap(row -> row.next().stream())
        .min(Instant::compareTo)
        .map(next -> next.atZone(now.getZone()))
        .map(next -> next.isAfter(now) ? ", next run at " + shown(next, now) : ", next run now")
        .orElse(", without a schedule");
  }

  private static String shown(ZonedDateTime next, ZonedDateTime now) {
    return (next.toLocalDate().equals(now.toLocalDate()) ? TODAY : LATER).format(next);
  }
}
