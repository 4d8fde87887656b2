package io.stepsync.routes;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stepsync.api.RunResult;
import io.stepsync.api.Stepsync;
import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.window.IdWindow;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.hsqldb.jdbc.JDBCPool;
import org.junit.jupiter.api.Test;

/** What docs/embedding.md shows: a stream's test without its API and its table. */
class UserStreamTest extends CamelTestSupport {

  @Override
  public void configureTest(TestExecutionConfiguration test) {
    super.configureTest(test);
    test.withUseAdviceWith(true);
  }

  @Test
  void all_users_come_to_the_table_in_two_windows() throws Exception {
    JDBCPool database = new JDBCPool(10); // for stepsync's own tables
    database.setUrl("jdbc:hsqldb:mem:test");
    context.getRegistry().bind("dataSource", database);
    context.getPropertiesComponent().addOverrideProperty("stepsync.migrate", "true");
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    StepsyncRoutes.addTo(context, "file:routes/streams/user.camel.yaml");
    AdviceWith.adviceWith(
        context,
        "stepsync-http",
        route -> route.weaveById("stepsync-send").replace().process(UserStreamTest::answer));
    AdviceWith.adviceWith(
        context,
        "stepsync-window",
        route -> route.weaveById("stepsync-sink").replace().to("mock:rows"));
    context.start();
    getMockEndpoint("mock:rows").expectedMessageCount(2);

    RunResult result = Stepsync.in(context).run("user").orThrow();

    assertEquals(1500, result.records());
    assertEquals(0, result.deadLetters());
    getMockEndpoint("mock:rows").assertIsSatisfied();
    database.close(0);
  }

  /** Answers with users 1 to 1500, as far as they are asked for. */
  private static void answer(Exchange exchange) {
    IdWindow asked = exchange.getVariable("window", IdWindow.class);
    String users =
        LongStream.rangeClosed(asked.firstId(), Math.min(asked.lastId(), 1500))
            .mapToObj(id -> "{\"id\": \"" + id + "\", \"name\": \"Ada\"}")
            .collect(joining(",", "{\"data\": [", "]}"));
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(users);
  }
}
