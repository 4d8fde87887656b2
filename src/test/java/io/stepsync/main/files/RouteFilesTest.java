package io.stepsync.main.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.routes.RouteSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Which files are loaded, and which are refused because Camel would take them without a word. */
class RouteFilesTest {

  @TempDir Path directory;
  private Path routes;

  @BeforeEach
  void makeRoutes() throws IOException {
    routes = Files.createDirectory(directory.resolve("routes"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(routes.resolve(name), text);
  }

  @Test
  void a_shared_file_in_xml_replaces_the_jars_in_yaml() throws Exception {
    Path fetch = Files.copy(RouteSet.XML.file("fetch"), routes.resolve("fetch.camel.xml"));

    assertThat(RouteFiles.in(directory).locations())
        .contains("file:" + fetch, "classpath:camel-template/upsert.camel.yaml")
        .doesNotContain("classpath:camel-template/fetch.camel.yaml");
  }

  @Test
  void a_stream_may_be_named_like_a_shared_file() throws Exception {
    Files.createDirectory(routes.resolve("streams"));
    write("streams/state.camel.yaml", "- beans: []");

    assertThat(RouteFiles.in(directory).locations())
        .contains("classpath:camel-template/state.camel.yaml");
  }

  @Test
  void a_shared_file_in_both_languages_is_refused() throws Exception {
    Files.copy(RouteSet.XML.file("fetch"), routes.resolve("fetch.camel.xml"));
    Files.copy(RouteSet.YAML.file("fetch"), routes.resolve("fetch.camel.yaml"));

    assertRefused(
        "fetch must be in one file, YAML or XML, was in %1$s/fetch.camel.xml and"
            + " %1$s/fetch.camel.yaml");
  }

  @ParameterizedTest
  @FieldSource("io.stepsync.camel.StepsyncRoutes#SHARED")
  void a_file_of_ones_own_cannot_have_the_name_of_a_shared_file(String shared) throws Exception {
    Path file = write(shared + ".camel.yaml", "- route: {id: nightly, from: {uri: 'direct:a'}}");

    assertThatThrownBy(() -> RouteFiles.in(directory))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(
            file
                + " takes the place of the shared file "
                + shared
                + " and must have all of it, lacked route")
        .hasMessageEndingWith("; a file of your own needs another name");
  }

  @Test
  void routes_of_a_shared_file_may_be_in_another() throws Exception {
    String[] parts =
        Files.readString(RouteSet.YAML.file("lanes"))
            .split("(?m)^(?=- route:)", 3); // comment first
    write("lanes.camel.yaml", parts[0] + parts[1]);
    write("more.camel.yaml", parts[2]);

    assertThat(RouteFiles.in(directory).own()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bean a               | - beans: [{name: a}]            | <camel><bean name='a' type='x'/></camel>",
        "bean a               | - beans: [{name: a}]            | <beans><bean name='a' type='x'/></beans>",
        "route a              | - route: {id: a, from: {uri: b}} | <routes><route id='a'/></routes>",
        "route a              | - route: {id: a, from: {uri: b}} | <camel xmlns='urn:x'><route id='a'/></camel>",
        "route a              | - templatedRoute: {routeId: a}  | <templatedRoute routeId='a'/>",
        "routeTemplate a      | - routeTemplate: {id: a}        | <routeTemplate id='a'><route id='b'/></routeTemplate>",
        "routeConfiguration a | - routeConfiguration: {id: a}   | <routeConfiguration id='a'/>",
      })
  void a_name_that_is_in_two_files_is_refused(String name, String yaml, String xml)
      throws Exception {
    write("1.camel.yaml", yaml);
    write("2.camel.xml", xml);
    assertRefused(name + " must be in one file, was in %1$s/1.camel.yaml:1 and %1$s/2.camel.xml:1");

    write("1.camel.xml", xml);
    assertRefused(name + " must be in one file, was in %1$s/1.camel.xml:1 and %1$s/1.camel.yaml:1");
  }

  @Test
  void a_column_whose_name_camel_would_change_is_refused_in_both_languages() throws Exception {
    String message =
        "stream a: columns must be text (name: TYPE, a line each) where a name has a dash or a dot,"
            + " was created-at";
    Path yaml =
        write("1.camel.yaml", "- beans: [{name: a, properties: {columns: {created-at: LONG}}}]");
    assertRefused(message);

    Files.delete(yaml);
    write(
        "1.camel.xml",
        """
        <camel>
          <bean name="a">
            <properties>
              <property key="url" value="a-b.c"/>
              <property key="columns">
                <properties><property key="id" value="LONG"/><property key="created-at" value="LONG"/></properties>
              </property>
            </properties>
          </bean>
        </camel>
        """);
    assertRefused(message);
  }

  @Test
  void nothing_outside_an_xml_file_is_looked_at() throws Exception {
    Path outside = Files.writeString(directory.resolve("outside"), "<bean name='a'/>");
    write(
        "2.camel.xml",
        "<!DOCTYPE camel [<!ENTITY outside SYSTEM '%s'>]><camel>&outside;</camel>"
            .formatted(outside.toUri()));

    assertRefused(
        "%1$s/2.camel.xml:1 must be XML, was The entity \"outside\" was referenced, but not"
            + " declared.");
  }

  @Test
  void a_file_that_is_not_xml_is_refused_with_its_line() throws Exception {
    write("1.camel.xml", "<camel>\n  <route\n  <from/>\n</camel>");

    assertRefused(
        "%1$s/1.camel.xml:3 must be XML, was Element type \"route\" must be followed by either"
            + " attribute specifications, \">\" or \"/>\".");
  }

  @Test
  void a_root_that_camel_does_not_know_is_refused() throws Exception {
    write("1.camel.xml", "<?xml version='1.0'?><!-- mine -->\n<camels/>");

    assertRefused("%1$s/1.camel.xml: the root element must be camel, was camels");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> RouteFiles.in(directory))
        .isInstanceOf(SettingException.class)
        .hasMessage(message, routes);
  }
}
