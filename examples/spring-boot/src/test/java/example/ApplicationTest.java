package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stepsync.demo.DemoApi;
import io.stepsync.demo.DemoSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(properties = {"spring.datasource.url=jdbc:hsqldb:mem:boot", "camel.main.run-controller=false"})
class ApplicationTest {

  private static final DemoApi API = DemoApi.start(new DemoSettings(0, 2500, 10, 0));
  private static final CountDownLatch TOLD = new CountDownLatch(1);

  @Autowired JdbcTemplate jdbc;
  @Autowired ApplicationContext application;

  @DynamicPropertySource
  static void keys(DynamicPropertyRegistry keys) {
    keys.add("user.url", () -> API.url().toString());
    keys.add("user.schedule", () -> "* * * * * ?");
  }

  @TestConfiguration
  static class Notice {
    @Bean
    RouteBuilder notice() {
      return new RouteBuilder() {
        @Override
        public void configure() {
          from("direct:stepsync-notify").process(exchange -> TOLD.countDown());
        }
      };
    }
  }

  @AfterAll
  static void close() {
    API.close();
  }

  @Test
  void users_are_copied_into_the_applications_database() {
    assertTimeoutPreemptively(Duration.ofMinutes(5), () -> TOLD.await());
    assertEquals(2500, jdbc.queryForObject("SELECT COUNT(*) FROM \"user\"", Long.class));
  }

  @Test
  void the_application_keeps_one_data_source() {
    assertEquals(1, application.getBeansOfType(DataSource.class).size());
  }
}
