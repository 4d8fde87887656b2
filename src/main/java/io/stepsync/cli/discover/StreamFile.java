package io.stepsync.cli.discover;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * A stream as a route file.
 *
 * @param name the stream's name, which needs no quotes
 * @param settings the settings by their names, in order; one of several lines is a list
 * @param schedule a Quartz cron expression
 * @param comment lines without control characters
 * @param plain whether its trigger is a route as any other, and not one of the template
 */
record StreamFile(
    String name,
    Map<String, String> settings,
    String schedule,
    List<String> comment,
    boolean plain) {

  private static final String YAML_TEMPLATE =
      """
      - templatedRoute:
          routeTemplateRef: step-size-sync
          routeId: %1$s-sync
          parameters:
            - { name: stream, value: %1$s }
            - { name: schedule, value: "%2$s" }
      """;

  private static final String YAML_ROUTE =
      """
      - route:
          id: %1$s-sync
          from:
            uri: quartz:stepsync/%1$s/0
            parameters: { cron: "%2$s", stateful: true, recoverableJob: true, trigger.misfireInstruction: 1 }
            steps:
              - setVariable: { name: stream, constant: %1$s }
              - to: direct:stepsync-scheduled-run
      """;

  private static final String XML_TEMPLATE =
      """
        <templatedRoute routeTemplateRef="step-size-sync" routeId="%1$s-sync">
          <parameter name="stream" value="%1$s"/>
          <parameter name="schedule" value="%2$s"/>
        </templatedRoute>
      """;

  private static final String XML_ROUTE =
      """
        <route id="%1$s-sync">
          <from uri="quartz:stepsync/%1$s/0?cron=%3$s&amp;stateful=true&amp;recoverableJob=true&amp;trigger.misfireInstruction=1"/>
          <setVariable name="stream"><constant>%1$s</constant></setVariable>
          <to uri="direct:stepsync-scheduled-run"/>
        </route>
      """;

  /** What YAML reads as it is written, but for the words below. */
  private static final String PLAIN = "\\d+|[A-Za-z/][\\w./?=&:%+~-]*(?<!:)";

  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  /** Returns the file in Camel's YAML. */
  String yaml() {
    return comment.stream().map(line -> "# " + line + "\n").collect(Collectors.joining())
        + """
        - beans:
            - name: %1$s
              type: io.stepsync.Stream
              properties:
        %2$s%3$s"""
            .formatted(
                name, each(StreamFile::yamlSetting), trigger(plain ? YAML_ROUTE : YAML_TEMPLATE));
  }

  private String trigger(String form) {
    return form.formatted(name, schedule, schedule.replace(' ', '+'));
  }

  private static String yamlSetting(String name, String value) {
    String text = value.contains("\n") ? "|\n" + value.indent(10) : yamlText(value) + "\n";
    return "        " + name + ": " + text;
  }

  private static String yamlText(String text) {
    boolean plain = text.matches(PLAIN) && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain
        ? text
        : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Returns the file in Camel's XML, in which a comment must not have two dashes in a row. */
  String xml() {
    String told =
        comment.stream()
            .map(line -> "  " + line.replaceAll("-(?=-)", "- ") + "\n")
            .collect(Collectors.joining());
    return """
        <camel>
          <!--
        %4$s  -->
          <bean name="%1$s" type="io.stepsync.Stream">
            <properties>
        %2$s    </properties>
          </bean>
        %3$s</camel>
        """
        .formatted(
            name, each(StreamFile::xmlSetting), trigger(plain ? XML_ROUTE : XML_TEMPLATE), told);
  }

  /** A line break in an attribute is a blank to XML, unless it is written as a number. */
  private static String xmlSetting(String name, String value) {
    String text =
        value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("\n", "&#10;\n        ");
    return "      <property key=\"" + name + "\" value=\"" + text + "\"/>\n";
  }

  private String each(BinaryOperator<String> setting) {
    return settings.entrySet().stream()
        .map(entry -> setting.apply(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }
}
