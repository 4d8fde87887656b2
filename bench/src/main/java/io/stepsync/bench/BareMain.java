package io.stepsync.bench;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.main.Main;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A Camel Main with the same components as stepsync, which makes one request. */
public final class BareMain {

  private BareMain() {}

  /** Takes the API's URL, the database's and a free port, and runs until the process is ended. */
  public static void main(String... arguments) throws Exception {
    Main main = new Main();
    main.configure().withRoutesIncludePattern("classpath:bench/start/bare.camel.yaml");
    main.addInitialProperty("bare.api", arguments[0]);
    main.addInitialProperty("camel.management.enabled", "true");
    main.addInitialProperty("camel.management.host", "127.0.0.1");
    main.addInitialProperty("camel.management.port", arguments[2]);
    main.addInitialProperty("camel.management.health-check-enabled", "true");
    main.addInitialProperty("camel.metrics.enabled", "true");
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(arguments[1]);
    pool.setUsername("SA");
    main.bind("bareDataSource", pool);
    main.bind(
        "PROPAGATION_REQUIRED",
        new SpringTransactionPolicy(new DataSourceTransactionManager(pool)));
    main.run();
  }
}
