package io.stepsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stepsync.http.RequestSettings;
import io.stepsync.http.RequestSettings.TimeLimits;
import io.stepsync.http.RetrySettings;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.TableSettings.SchemaMode;
import io.stepsync.jdbc.table.TableName;
import io.stepsync.window.IdWindow;
import io.stepsync.window.ScanSettings;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamTest {

  private static Stream stream() {
    Stream stream = new Stream();
    stream.setUrl("http://127.0.0.1:5001/incremental/step");
    stream.setTable("user");
    stream.setPrimaryKey("id");
    stream.setColumns("id: STRING, name: STRING");
    return stream;
  }

  private static Arguments wrong(String message, Consumer<Stream> setting) {
    return arguments(message, setting);
  }

  static java.util.stream.Stream<Arguments> wrongSettings() {
    return java.util.stream.Stream.concat(
        java.util.stream.Stream.concat(wrongRequest(), wrongScan()), wrongTable());
  }

  private static java.util.stream.Stream<Arguments> wrongRequest() {
    return java.util.stream.Stream.of(
        wrong("url must be set", s -> s.setUrl(null)),
        wrong("url must be set", s -> s.setUrl(" ")),
        wrong(
            "url must be http://… or https://…, was ftp://example.com/x",
            s -> s.setUrl("ftp://example.com/x")),
        wrong(
            "url must have no user in it, auth=basic shows one; was http://example.com/x",
            s -> s.setUrl("http://user:pw@example.com/x")),
        wrong(
            "headUrl must have no user in it, auth=basic shows one; was http://example.com/x",
            s -> s.setHeadUrl("http://user:pw@example.com/x")),
        wrong(
            "tokenUrl must have no user in it, auth=basic shows one; was http://example.com/x",
            s -> {
              s.setAuth("oauth2ClientCredentials");
              s.setClientId("me");
              s.setClientSecret("s3cret");
              s.setTokenUrl("http://user:pw@example.com/x");
            }),
        wrong(
            "token must be Latin-1 without control characters, as a header has no others",
            s -> {
              s.setAuth("bearer");
              s.setToken("tok€n");
            }),
        wrong(
            "apiKey must be Latin-1 without control characters, as a header has no others",
            s -> {
              s.setAuth("apiKey");
              s.setApiKeyName("X-Key");
              s.setApiKey("kłucz");
            }),
        wrong(
            "apiKeyName must be the name of a header, was X Key",
            s -> {
              s.setAuth("apiKey");
              s.setApiKeyName("X Key");
              s.setApiKey("k");
            }),
        wrong(
            "headers must have each name once, and values in Latin-1 without control characters,"
                + " was X-Own",
            s -> s.setHeaders("X-Own: s3cret–1")),
        wrong(
            "startParam must be set, or {start} be in url, query or body",
            s -> s.setStartParam("")),
        wrong(
            "stepSize must be 1 where a request has neither an end nor a limit, was 1000",
            s -> s.setEndParam(" ")),
        wrong("method must be GET or POST, was get", s -> s.setMethod("get")),
        wrong("format must be json or ndjson, was csv", s -> s.setFormat("csv")),
        wrong(
            "emptyStatus must be statuses of 200 to 499, such as 204,404, was 204;404",
            s -> s.setEmptyStatus("204;404")),
        wrong(
            "emptyStatus must be statuses of 200 to 499, such as 204,404, was 500",
            s -> s.setEmptyStatus("500")),
        wrong(
            "errors must be JSON Pointers to what lies beside the records, was /data/0/error",
            s -> s.setErrors("/errors, /data/0/error")),
        wrong(
            "idFromPosition must be false unless id is a field's name and a request asks for a"
                + " range",
            s -> {
              s.setIdFromPosition(true);
              s.setId("/a/b");
            }),
        wrong(
            "idFromPosition must be false without an upper bound",
            s -> {
              s.setIdFromPosition(true);
              s.setLimitParam("limit");
            }),
        wrong("retries must be 0 to 100, was -1", s -> s.setRetries(-1)),
        wrong("maxBackoff must be >= 0, was PT-1S", s -> s.setMaxBackoff(Duration.ofSeconds(-1))),
        wrong("maxLag must be > 0, was PT0S", s -> s.setMaxLag(Duration.ZERO)),
        wrong(
            "connectTimeout must be > 0 and at most a day, was PT0S",
            s -> s.setConnectTimeout(Duration.ZERO)),
        wrong(
            "responseTimeout must be > 0 and at most a day, was PT-0.005S",
            s -> s.setResponseTimeout(Duration.ofMillis(-5))),
        wrong("maxResponseBytes must be >= 1, was 0", s -> s.setMaxResponseBytes(0)),
        wrong("id must be a JSON Pointer to a field, was ''", s -> s.setId("")));
  }

  private static java.util.stream.Stream<Arguments> wrongScan() {
    return java.util.stream.Stream.of(
        wrong("initialId must be >= 0, was -1", s -> s.setInitialId(-1)),
        wrong("stepSize must be >= 1, was 0", s -> s.setStepSize(0)),
        wrong("stepSize must be >= 1, was -7", s -> s.setStepSize(-7)),
        wrong("maxStepSize must be >= stepSize (1000), was 999", s -> s.setMaxStepSize(999L)),
        wrong("maxId must be >= initialId (1), was 0", s -> s.setMaxId(0L)),
        wrong("maxGap must be >= 0, was -1", s -> s.setMaxGap(-1L)),
        wrong("maxDeadLetters must be >= 0, was -1", s -> s.setMaxDeadLetters(-1)),
        wrong("sink must be set", s -> s.setSink(null)),
        wrong("sink must be set", s -> s.setSink(" ")),
        wrong(
            "recordSink must not be set beside table or sink", s -> s.setRecordSink("kafka:users")),
        wrong(
            "recordSink must be an endpoint, was empty",
            s -> {
              s.setTable(null);
              s.setPrimaryKey(null);
              s.setColumns(null);
              s.setRecordSink(" ");
            }));
  }

  private static java.util.stream.Stream<Arguments> wrongTable() {
    return java.util.stream.Stream.of(
        wrong("table must be set", s -> s.setTable(null)),
        wrong("table must be set", s -> s.setTable("")),
        wrong("primaryKey must be set", s -> s.setPrimaryKey(null)),
        wrong(
            "primaryKey must name columns of the stream [id, name], was uuid",
            s -> s.setPrimaryKey("id,uuid")),
        wrong("schema must be evolve, create or validate, was drop", s -> s.setSchema("drop")),
        wrong("columns must name at least one column", s -> s.setColumns(null)),
        wrong("columns must name at least one column", s -> s.setColumns("\n")),
        wrong("columns must be lines of name: TYPE, was name", s -> s.setColumns("id: INT\nname")),
        wrong("columns must have a name each, was id twice", s -> s.setColumns("id: INT, id: INT")),
        wrong("columns must have names, was ''", s -> s.setColumns("id: INT, : STRING")),
        wrong(
            "columns.id: type DECIMAL(p,s) must have 1 <= p <= 38 and 0 <= s <= p,"
                + " was DECIMAL(2,3)",
            s -> s.setColumns("id: DECIMAL(2,3)")),
        wrong(
            "columns.id: type must be one of BOOLEAN, SHORT, INT, LONG, DECIMAL(p,s), FLOAT,"
                + " DOUBLE, NAIVE_DATE, NAIVE_TIME, NAIVE_DATETIME, UTC_DATETIME, BINARY, JSON,"
                + " XML, STRING, was TEXT",
            s -> s.setColumns("id: TEXT")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongSettings")
  void a_wrong_setting_is_refused_by_stream_setting_rule_and_value(
      String message, Consumer<Stream> setting) {
    Stream stream = stream();
    setting.accept(stream);

    assertThatThrownBy(() -> stream.checked("user"))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream user: " + message);
  }

  @Test
  void a_setter_takes_anything_until_the_stream_is_checked() {
    Stream stream = stream();
    stream.setStepSize(0);
    stream.setStepSize(1);

    assertThat(stream.checked("user").scan().stepSize()).isEqualTo(1);
  }

  @Test
  void what_is_not_set_has_its_default() {
    StreamSettings settings = stream().checked("user");

    RequestSettings request = settings.request();
    assertThat(request.template().startParam()).isEqualTo("start_id");
    assertThat(request.template().endParam()).isEqualTo("end_id");
    assertThat(request.limits().connect()).hasSeconds(10);
    assertThat(request.limits().response()).hasSeconds(30);
    assertThat(request.limits().answer()).hasMinutes(5);
    assertThat(request.retry().retries()).isEqualTo(5);
    assertThat(request.retry().interval()).isZero();
    assertThat(request.format().maxBytes()).isEqualTo(67_108_864);
    assertThat(request.format().records()).hasToString("/data");
    assertThat(request.format().id()).hasToString("/id");
    assertThat(request.format().emptyStatus()).containsExactly(204);
    assertThat(settings.scan())
        .isEqualTo(
            new ScanSettings(
                1,
                1000,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                1_000_000,
                0,
                0,
                true,
                false,
                false,
                600_000));
    assertThat(settings.table().schema()).isEqualTo(SchemaMode.EVOLVE);
    assertThat(settings.table().metadataColumns()).isTrue();
    assertThat(settings.maxDeadLetters()).isEqualTo(1000);
    assertThat(settings.sink()).isEqualTo("direct:stepsync-upsert");
  }

  @Test
  void what_is_set_is_what_the_stream_has() {
    Stream stream = stream();
    stream.setStartParam("from");
    stream.setEndParam("to");
    stream.setConnectTimeout(Duration.ofSeconds(1));
    stream.setResponseTimeout(Duration.ofSeconds(2));
    stream.setAnswerTimeout(Duration.ofSeconds(3));
    stream.setRetries(4);
    stream.setMaxRetryAfter(Duration.ofSeconds(5));
    stream.setRequestsPerSecond(0.5);
    stream.setClusterRequestsPerSecond(7);
    stream.setMaxResponseBytes(3);
    stream.setRecords("");
    stream.setId("/meta/id");
    stream.setInitialId(0);
    stream.setStepSize(5);
    stream.setMaxStepSize(6L);
    stream.setMaxId(7L);
    stream.setMaxGap(8L);
    stream.setSettleAfter(Duration.ofMillis(2500));
    stream.setSchema("validate");
    stream.setMetadataColumns(false);
    stream.setMaxDeadLetters(0);
    stream.setSink("kafka:users");

    StreamSettings settings = stream.checked("people");

    assertThat(settings.name()).isEqualTo("people");
    assertThat(settings.request().template().query(new IdWindow(1, 2))).isEqualTo("from=1&to=2");
    assertThat(settings.request().limits())
        .isEqualTo(
            new TimeLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    assertThat(settings.request().format().maxBytes()).isEqualTo(3);
    assertThat(settings.request().format().records().matches()).isTrue();
    assertThat(settings.request().format().id()).hasToString("/meta/id");
    assertThat(settings.request().retry())
        .isEqualTo(new RetrySettings(4, Duration.ofSeconds(5), 0.5, 7, null));
    assertThat(settings.scan())
        .isEqualTo(new ScanSettings(0, 5, 6, 7, 8, 0, 0, false, false, false, 2500));
    assertThat(settings.table())
        .extracting(TableSettings::table, TableSettings::schema, TableSettings::metadataColumns)
        .containsExactly(TableName.parse("user"), SchemaMode.VALIDATE, false);
    assertThat(settings.maxDeadLetters()).isZero();
    assertThat(settings.sink()).isEqualTo("kafka:users");
  }

  @Test
  void columns_may_be_set_by_name_and_those_of_the_key_come_first() {
    Stream stream = stream();
    stream.setColumns(null);
    stream.getColumns().put("address", "STRING");
    stream.getColumns().put("id", "LONG");
    stream.getColumns().put("name", "STRING!");

    assertThat(stream.checked("user").table().columnNames())
        .containsExactly("id", "address", "name");
  }
}
