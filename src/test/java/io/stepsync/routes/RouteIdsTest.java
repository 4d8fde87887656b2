package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What matters in the shared routes has a name, so that it can be found, advised and measured. */
class RouteIdsTest {

  private static List<String> shared() {
    return RouteSet.YAML.shared();
  }

  @ParameterizedTest
  @MethodSource("shared")
  void each_route_template_and_configuration_has_an_id(String name) throws Exception {
    assertThat(definitions(name)).isNotEmpty().allSatisfy(RouteIdsTest::assertId);
  }

  @ParameterizedTest
  @MethodSource("shared")
  void each_route_and_template_has_a_description_and_each_route_the_group(String name)
      throws Exception {
    for (Element definition : definitions(name)) {
      String kind = definition.getTagName();
      assertThat(definition.getAttribute("description").isBlank())
          .as(text(definition))
          .isEqualTo(kind.equals("routeConfiguration"));
      assertThat(definition.getAttribute("group"))
          .as(text(definition))
          .isEqualTo(kind.equals("route") ? "stepsync" : "");
    }
  }

  @ParameterizedTest
  @MethodSource("shared")
  void each_processor_and_each_call_to_the_streams_table_or_the_api_has_an_id(String name)
      throws Exception {
    for (Element definition : definitions(name)) {
      assertThat(
              Stream.of("process", "toD", "to")
                  .flatMap(tag -> elements(definition.getElementsByTagName(tag)))
                  .filter(node -> !node.getAttribute("uri").matches("(direct|sql:classpath):.*")))
          .allSatisfy(RouteIdsTest::assertId);
    }
  }

  private static void assertId(Element element) {
    assertThat(element.getAttribute("id")).as(text(element)).isNotBlank();
  }

  private static String text(Element element) {
    return element.getTagName() + " " + element.getAttribute("id") + element.getAttribute("uri");
  }

  private static List<Element> definitions(String name) throws Exception {
    try (RouteModel model = new RouteModel(List.of(RouteSet.YAML.file(name)))) {
      String all = String.join("", model.xml());
      return elements(
              DocumentBuilderFactory.newDefaultInstance()
                  .newDocumentBuilder()
                  .parse(new InputSource(new StringReader("<camel>" + all + "</camel>")))
                  .getDocumentElement()
                  .getChildNodes())
          .toList();
    }
  }

  private static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }
}
