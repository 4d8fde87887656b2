package io.stepsync.api;

import io.stepsync.Stream;
import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.routes.RangeApi;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An application of one's own, with an HSQLDB file and an API that has 1,500 records. */
abstract class OrderApplication {

  @TempDir Path directory;

  final CamelContext context = new DefaultCamelContext();
  final Stepsync stepsync = Stepsync.in(context);
  final RangeApi api = new RangeApi();
  final ExecutorService threads = Executors.newCachedThreadPool();
  DataSource dataSource;

  @BeforeEach
  final void start() throws Exception {
    dataSource =
        new DriverManagerDataSource(
            "jdbc:hsqldb:file:%s/db;hsqldb.lock_file=false;hsqldb.tx=mvcc".formatted(directory),
            "SA",
            "");
    context.getRegistry().bind("warehouse", dataSource);
    context.getPropertiesComponent().addOverrideProperty("stepsync.migrate", "true");
    StepsyncRoutes.addTo(context);
    context.start();
    api.users(1, 1500);
  }

  @AfterEach
  final void close() throws Exception {
    context.close();
    threads.shutdownNow();
    api.close();
    new JdbcTemplate(dataSource).execute("SHUTDOWN");
  }

  /** A stream of the API's records, which is not added yet. */
  final Stream order() {
    Stream stream = new Stream();
    stream.setUrl(api.url());
    stream.setTable("order");
    stream.setPrimaryKey("id");
    stream.setColumns("id: LONG, name: STRING");
    stream.setMaxGap(0L);
    stream.setRetries(0);
    return stream;
  }
}
