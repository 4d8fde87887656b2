package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stepsync.demo.DemoApi;
import io.stepsync.demo.DemoSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.hsqldb.jdbc.JDBCPool;
import org.junit.jupiter.api.Test;

class PlainContextTest {

  @Test
  void users_are_copied_into_the_applications_database() throws Exception {
    JDBCPool pool = new JDBCPool(10);
    pool.setUrl("jdbc:hsqldb:mem:plain");
    CountDownLatch told = new CountDownLatch(1);
    try (DemoApi api = DemoApi.start(new DemoSettings(0, 2500, 10, 0));
        CamelContext context = new DefaultCamelContext()) {
      context.getPropertiesComponent().addLocation("classpath:application.properties");
      context.getPropertiesComponent().addOverrideProperty("user.url", api.url().toString());
      context.getPropertiesComponent().addOverrideProperty("user.schedule", "* * * * * ?");
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:stepsync-notify").process(exchange -> told.countDown());
            }
          });
      PlainContext.start(context, pool);
      assertTimeoutPreemptively(Duration.ofMinutes(5), () -> told.await());
    }
    try (Connection connection = pool.getConnection();
        ResultSet users =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM \"user\"")) {
      users.next();
      assertEquals(2500, users.getLong(1));
    }
  }
}
