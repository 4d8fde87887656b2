package io.stepsync.routes;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.stepsync.main.Database;
import io.stepsync.main.LiveRoutes;
import io.stepsync.main.Standalone;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The verb {@code run --dev} in this JVM, with what it logs. */
final class LiveStepsync implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.stepsync");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final CamelContext context;
  private final CompletableFuture<Void> end;

  LiveStepsync(Path directory) throws Exception {
    log.list = new CopyOnWriteArrayList<>(); // it is read while others log
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    Standalone standalone = LiveRoutes.standalone(directory);
    context = standalone.context();
    end = CompletableFuture.runAsync(() -> run(standalone), command -> new Thread(command).start());
    awaitLog("changes under routes/");
  }

  private static void run(Standalone standalone) {
    try {
      standalone.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  CamelContext context() {
    return context;
  }

  /** The lines so far that have {@code text}, each behind its level. */
  List<String> log(String text) {
    return log.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .filter(line -> line.contains(text))
        .toList();
  }

  /** Waits for a line with {@code text}, and returns the last one. */
  String awaitLog(String text) {
    return await().until(() -> logOfWhatRuns(text), lines -> !lines.isEmpty()).stream()
        .reduce("", (first, last) -> last);
  }

  private List<String> logOfWhatRuns(String text) {
    if (end.isDone()) {
      end.join(); // throws what ended it
    }
    return log(text);
  }

  /** Waits until a table has so many rows. */
  void awaitRows(String table, int rows) {
    JdbcTemplate sql = new JdbcTemplate(dataSource());
    await()
        .ignoreExceptions() // there is no table yet
        .until(
            () -> sql.queryForObject("select count(*) from \"" + table + "\"", Integer.class),
            count -> count == rows);
  }

  private DataSource dataSource() {
    return context.getRegistry().lookupByNameAndType(Database.NAME, DataSource.class);
  }

  @Override
  public void close() {
    context.stop();
    end.join();
    logger.detachAppender(log);
    logger.setLevel(null);
  }
}
