package io.stepsync.routes;

import static io.stepsync.routes.KameletApplication.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the Kamelet stepsync-source. */
class KameletSettingsTest {

  @TempDir Path directory;

  private KameletApplication application;

  @BeforeEach
  void open() {
    application = new KameletApplication(directory);
  }

  @AfterEach
  void close() throws Exception {
    application.close();
  }

  @Test
  void a_secret_reaches_the_api_as_it_is() throws Exception {
    application.property("order.token", "a+b%2B&c=d#e f");
    application.route("auth: bearer\ntoken: RAW({{order.token}})", "- to: mock:out");
    application.start();
    application.sync("order");
    assertThat(application.api.authorizations()).containsOnly("Bearer a+b%2B&c=d#e f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stepSize: 0       | stream order: stepSize must be >= 1, was 0",
        "stepSise: 5       | stream order: the parameters are those of stepsync-source, was stepSise",
        "auth: bearer      | stream order: token must be set, without control characters, where auth is bearer",
        "auth: token       | stream order: auth must be none, basic, bearer, apiKey or oauth2ClientCredentials, was token",
        "schedule: hourly  | stream order: schedule must be a Quartz cron expression, was hourly",
      })
  void a_wrong_setting_stops_the_start_and_is_named(String wrong, String message) throws Exception {
    application.route(wrong, "- to: mock:out");
    assertThat(refusal(SettingException.class)).hasMessage(message);
    assertThat(application.api.requests()).isZero();
  }

  @Test
  void what_is_not_set_is_as_in_a_stream() throws Exception {
    application.route("", "- to: mock:out");
    application.start();
    StreamSettings kamelets = bean().checked("order");
    Stream plain = new Stream();
    plain.setUrl(application.api.url());
    plain.setMaxGap(0L);
    plain.setRecordSink(kamelets.recordSink());
    assertThat(kamelets).usingRecursiveComparison().isEqualTo(plain.checked("order"));
  }

  private Stream bean() {
    return application.context.getRegistry().lookupByNameAndType("order", Stream.class);
  }

  @Test
  void a_number_that_is_none_stops_the_start() throws Exception {
    application.route("stepSize: many", "- to: mock:out");
    assertThatThrownBy(application::start).hasStackTraceContaining("(stepSize=many)");
  }

  @Test
  void a_wrong_setting_of_a_route_that_comes_later_is_refused_as_well() throws Exception {
    application.start();
    assertThatThrownBy(() -> application.route("stepSize: 0", "- to: mock:out"))
        .hasStackTraceContaining("stream order: stepSize must be >= 1, was 0");
  }

  @Test
  void two_routes_with_the_same_stream_are_refused() throws Exception {
    application.route("order", "", "- to: mock:out");
    application.context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kamelet:stepsync-source?stream=order&url=%s&schedule=%s"
                    .formatted(application.api.url(), NEVER))
                .to("mock:twin");
          }
        });
    assertThat(refusal(SettingException.class))
        .hasMessageStartingWith("stream order: there must be one trigger for it, were two, ");
  }

  @Test
  void without_the_shared_routes_the_start_says_how_to_add_them() throws Exception {
    application.route("", "- to: mock:out");
    assertThatThrownBy(application.context::start)
        .hasStackTraceContaining(
            "stepsync's routes must be in the Camel context: a routesIncludePattern of its own must"
                + " have classpath:camel-template/* too, and to a plain context"
                + " StepsyncRoutes.addTo(context) adds them");
  }

  private <T extends Throwable> T refusal(Class<T> type) {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(application::start).satisfies(e -> thrown[0] = e);
    return ObjectHelper.getException(type, thrown[0]);
  }
}
