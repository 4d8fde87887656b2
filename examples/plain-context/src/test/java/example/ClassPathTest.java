package example;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an application has on its class path that depends on stepsync. */
class ClassPathTest {

  /**
   * Its own are camel-core-engine, HSQLDB, Flyway and Logback, with what these bring: the second
   * jackson-core and jackson-databind are Flyway's. camel-http's converters need servlet-api.
   */
  private static final String ALL =
      """
      camel-api
      camel-base
      camel-base-engine
      camel-bean
      camel-cluster
      camel-core-engine
      camel-core-languages
      camel-core-model
      camel-core-processor
      camel-core-reifier
      camel-direct
      camel-dsl-support
      camel-file
      camel-http
      camel-http-base
      camel-http-common
      camel-jackson
      camel-jdbc
      camel-management-api
      camel-quartz
      camel-spring
      camel-sql
      camel-support
      camel-util
      camel-util-json
      camel-xml-io
      camel-xml-io-dsl
      camel-xml-io-util
      camel-xml-jaxp-util
      camel-yaml-dsl
      camel-yaml-dsl-common
      camel-yaml-dsl-deserializers
      flyway-core
      flyway-database-hsqldb
      hsqldb
      httpclient5
      httpcore5
      httpcore5-h2
      itu
      jackson-annotations
      jackson-core
      jackson-core
      jackson-databind
      jackson-databind
      jakarta.activation-api
      jakarta.servlet-api
      jakarta.xml.bind-api
      logback-classic
      logback-core
      quartz
      slf4j-api
      snakeyaml-engine
      spring-beans
      spring-core
      spring-jcl
      spring-jdbc
      spring-tx
      stepsync
      """;

  private static final Pattern OF_TESTS =
      Pattern.compile("junit-.*|opentest4j|apiguardian-api|surefire-.*|common-.*");

  @Test
  void with_stepsync_come_the_libraries_that_its_routes_need_and_no_others() {
    String found =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path"))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(name -> name.endsWith(".jar"))
            .map(name -> name.replaceFirst("-\\d.*", ""))
            .filter(name -> !OF_TESTS.matcher(name).matches())
            .sorted()
            .collect(joining("\n", "", "\n"));

    assertEquals(ALL, found);
  }
}
