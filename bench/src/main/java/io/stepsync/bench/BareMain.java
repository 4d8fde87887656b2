package io.stepsync.bench;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.main.Main;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A Camel Main with the same components as stepsync, which makes one request. */
public final class BareMain {

  private BareMain() {}

  /** Takes the API's URL and the database's, and runs until the process is ended. */
  public static void main(String... arguments) throws Exception {
    Main main = new Main();
    main.configure().withRoutesIncludePattern("classpath:bench/start/bare.camel.yaml");
    main.addInitialProperty("bare.api", arguments[0]);
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
