package io.stepsync.main.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused is told by {@code typos/typos.txt}; this is what must not be. */
class RouteCheckTest {

  private static final Path TYPOS = Path.of("src/test/resources/typos");

  @TempDir Path directory;

  @Test
  void what_is_known_at_run_time_only_is_left_to_it() throws Exception {
    put("streams/order.camel.yaml", Files.readString(TYPOS.resolve("order.yaml.txt")));
    put("many.camel.yaml", Files.readString(TYPOS.resolve("many-steps.yaml.txt")));

    assertThat(checked().streams()).containsOnlyKeys("order");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file-sink", "notify", "route-sink", "stream-test", "transform", "verify"})
  void the_examples_are_accepted(String example) throws Exception {
    Path routes = Path.of("examples", example, "routes");
    try (Stream<Path> files = Files.walk(routes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(routes.relativize(file).toString(), Files.readString(file));
      }
    }

    assertThat(checked().streams()).containsKey("user");
  }

  @Test
  void what_a_parameter_of_a_template_will_be_is_left_to_it() throws Exception {
    accepts(
        """
        - routeTemplate:
            id: own
            parameters: [{ name: from }, { name: to }, { name: flag, defaultValue: "true" }, { name: count }, { name: bean }, { name: q }]
            beans: [{ name: b, type: java.util.ArrayList }]
            from:
              uri: direct:{{from}}
              steps:
                - to: '{{to}}'
                - to: 'log:{{to}}?showAll={{flag}}'
                - to: direct:{{to}}
                - toD: 'direct:{{to}}'
                - setBody: { simple: '${header.{{q}}} == {{count}}' }
                - setBody: { simple: '{{q}}' }
                - bean: { ref: '{{bean}}' }
                - bean: { ref: '{{b}}', method: size }
                - bean: { beanType: '{{bean}}', method: size }
                - setBody: { method: { beanType: '{{bean}}', method: size } }
                - loop: { constant: '{{count}}', steps: [{ to: 'log:{{q}}' }] }
                - throttle: { constant: '{{count}}' }
                - convertBodyTo: { type: '{{bean}}' }
                - log: { message: '{{q}}', loggingLevel: '{{to}}' }
                - split: { tokenize: { token: '{{q}}', regex: true }, steps: [{ to: log:x }] }
                - script: { simple: '{{q}}' }
        """);
  }

  @Test
  void a_route_that_a_template_made_takes_from_where_its_parameter_says() throws Exception {
    accepts(
        """
        - routeTemplate:
            id: own
            parameters: [{ name: from }, { name: to, defaultValue: order-transform }]
            beans: [{ name: b, type: java.util.ArrayList }]
            from:
              uri: direct:{{from}}
              steps:
                - to: direct:{{to}}
                - bean: { ref: '{{b}}', method: size }
        - templatedRoute: { routeTemplateRef: own, routeId: o1, parameters: [{ name: from, value: mine }] }
        - route: { id: r2, from: { uri: direct:r2, steps: [{ to: direct:mine }] } }
        """);
  }

  @Test
  void a_route_configuration_without_mistakes_is_accepted() throws Exception {
    accepts(
        """
        - routeConfiguration:
            id: x
            errorHandler: { deadLetterChannel: { deadLetterUri: 'log:x', redeliveryPolicy: { maximumRedeliveries: 3, redeliveryDelay: 5s } } }
            onException:
              - onException: { exception: [java.io.IOException], handled: { constant: true }, redeliveryPolicy: { maximumRedeliveries: '{{order.max:3}}' }, onWhen: { simple: '${body} != null' }, retryWhile: { simple: '${header.x} == 1' }, steps: [{ to: log:x }] }
            onCompletion:
              - onCompletion: { onWhen: { simple: '${body} != null' }, steps: [{ to: log:x }] }
            interceptFrom:
              - interceptFrom: { uri: 'direct:*', steps: [{ to: log:x }] }
            interceptSendToEndpoint:
              - interceptSendToEndpoint: { uri: 'log:*', steps: [{ to: log:x }] }
        """);
  }

  private void accepts(String own) throws IOException {
    put("streams/order.camel.yaml", Files.readString(TYPOS.resolve("order.yaml.txt")));
    put("own.camel.yaml", own);

    assertThat(checked().streams()).containsOnlyKeys("order");
  }

  private Standalone checked() {
    Standalone standalone = new Standalone(directory);
    standalone.refuseWhatCannotRun();
    return standalone;
  }

  private void put(String file, String text) throws IOException {
    Path path = directory.resolve("routes").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
