package io.stepsync.bench.rival;

import java.time.Duration;
import org.apache.camel.main.Main;

/** The routes that an integrator would write after the manual: one statement a record. */
final class Textbook extends TableRival {

  private static final String ROUTES = "classpath:bench/textbook/textbook.camel.yaml";

  private final Main main = new Main();

  Textbook(Setup setup, Target target) throws Exception {
    super(target);
    main.configure().setName("textbook");
    main.configure().withRoutesIncludePattern(ROUTES);
    main.addInitialProperty("textbook.api", setup.api().toString());
    main.addInitialProperty("textbook.rows", Long.toString(setup.lastId()));
    main.addInitialProperty("textbook.step", Integer.toString(setup.step()));
    main.addInitialProperty("textbook.upsert", target.sql().text("textbook"));
    main.bind("textbookDataSource", target.pool());
    main.start();
  }

  @Override
  public Duration copy() throws Exception {
    return Rival.timed(() -> main.getCamelTemplate().sendBody("direct:textbook", null));
  }

  @Override
  public void close() throws Exception {
    main.stop();
    super.close();
  }
}
