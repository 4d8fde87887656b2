package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stepsync.demo.DemoApi;
import io.stepsync.demo.DemoSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

class ApplicationTest {

  private static final CountDownLatch TOLD = new CountDownLatch(1);

  /** Found by Camel Main in this package. */
  public static final class Notice extends RouteBuilder {
    @Override
    public void configure() {
      from("direct:stepsync-notify").process(exchange -> TOLD.countDown());
    }
  }

  @Test
  void users_are_copied_into_the_applications_database() throws Exception {
    Main main = new Main(Application.class);
    try (DemoApi api = DemoApi.start(new DemoSettings(0, 2500, 10, 0))) {
      main.addOverrideProperty("user.url", api.url().toString());
      main.addOverrideProperty("user.schedule", "* * * * * ?");
      main.addOverrideProperty("warehouse.url", "jdbc:hsqldb:mem:main");
      main.start();
      assertTimeoutPreemptively(Duration.ofMinutes(5), () -> TOLD.await());
      Users users = main.lookupByType(Users.class).values().iterator().next();
      assertEquals(2500, users.count());
    } finally {
      main.stop();
    }
  }
}
