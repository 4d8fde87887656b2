package example;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.api.RunResult;
import io.stepsync.api.Stepsync;
import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.window.IdWindow;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.hsqldb.jdbc.JDBCPool;
import org.junit.jupiter.api.Test;

/** The stream, its transform and its sink, with an answer that {@code preview --record} kept. */
class UserStreamTest extends CamelTestSupport {

  @Override
  public void configureTest(TestExecutionConfiguration test) {
    super.configureTest(test);
    test.withUseAdviceWith(true);
  }

  @Test
  void people_of_companies_are_left_out_and_the_others_reach_the_file() throws Exception {
    JDBCPool database = new JDBCPool(10); // for stepsync's own tables
    database.setUrl("jdbc:hsqldb:mem:test");
    context.getRegistry().bind("dataSource", database);
    context.getPropertiesComponent().addOverrideProperty("stepsync.migrate", "true");
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    StepsyncRoutes.addTo(
        context, "file:routes/streams/user.camel.yaml", "file:routes/people.camel.yaml");
    AdviceWith.adviceWith(
        context,
        "stepsync-http",
        route -> route.weaveById("stepsync-send").replace().process(UserStreamTest::answer));
    AdviceWith.adviceWith(
        context, "people", route -> route.weaveById("people-file").replace().to("mock:people"));
    context.start();
    MockEndpoint people = getMockEndpoint("mock:people");
    people.expectedMinimumMessageCount(1); // a short answer is proved by its halves

    RunResult result = Stepsync.in(context).run("user").orThrow();

    assertEquals(3, result.records());
    assertEquals(0, result.deadLetters());
    people.assertIsSatisfied();
    assertEquals(
        """
        {"id":"1","name":"Ada","company":"Good"}
        {"id":"5","name":"Søren","company":"Better"}
        """,
        people.getExchanges().stream()
            .map(window -> window.getMessage().getBody(String.class))
            .collect(joining()));
    database.close(0);
  }

  /** Answers with what was recorded, as far as it is asked for. */
  private static void answer(Exchange exchange) throws Exception {
    IdWindow asked = exchange.getVariable("window", IdWindow.class);
    JsonNode answer =
        new ObjectMapper().readTree(UserStreamTest.class.getResource("/answers/user/1-1000.json"));
    Iterator<JsonNode> users = answer.get("data").elements();
    while (users.hasNext()) {
      long id = users.next().get("id").asLong();
      if (id < asked.firstId() || id > asked.lastId()) {
        users.remove();
      }
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    exchange.getMessage().setBody(answer.toString());
  }
}
