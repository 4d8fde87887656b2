package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final SettableClock clock = new SettableClock();
  private final DemoApi api = DemoApi.start(new DemoSettings(0, 100_000, 10, 1), clock);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void an_answer_is_json_of_known_length() throws Exception {
    HttpResponse<String> answer = get("?start_id=1&end_id=2");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("Content-Length")).isPresent();
  }

  @Test
  void a_record_has_the_fields_of_the_playground_in_its_order() throws Exception {
    JsonNode record = data("?start_id=7&end_id=7").get(0);

    assertThat(record.fieldNames())
        .toIterable()
        .containsExactly(
            "id", "name", "email", "address", "company", "job", "createdAt", "updatedAt");
    assertThat(record).allMatch(JsonNode::isTextual);
    assertThat(JSON.convertValue(record, DemoRecord.class)).isEqualTo(api.data().record(7));
  }

  @Test
  void both_ends_belong_to_the_range_and_gaps_stay_out() throws Exception {
    assertThat(ids("?start_id=8&end_id=12")).containsExactly("8", "9", "11", "12");
  }

  @Test
  void a_range_without_records_is_empty_data() throws Exception {
    assertThat(get("?start_id=10&end_id=10").body()).isEqualTo("{\"data\":[]}");
    assertThat(ids("?start_id=9223372036854775806&end_id=9223372036854775807")).isEmpty();
  }

  @Test
  void an_answer_too_large_to_hold_is_sent_as_it_comes() throws Exception {
    HttpResponse<String> answer = get("?start_id=1&end_id=1000000000000");

    assertThat(answer.body().length()).isGreaterThan(AnswerStream.MAX_HELD_BYTES);
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(JSON.readTree(answer.body()).get("data")).hasSize(100_000);
  }

  @Test
  void records_are_added_while_it_runs() throws Exception {
    long next = api.data().highestId() + 1;
    String query = "?start_id=" + next + "&end_id=" + (next + 99);
    assertThat(ids(query)).isEmpty();

    clock.move(Duration.ofSeconds(2));
    assertThat(ids(query)).hasSize(2);
  }

  @Test
  void an_unknown_parameter_is_refused_with_400() throws Exception {
    HttpResponse<String> answer = get("?start_id=1&end_id=2&%22limit%22=3");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(error(answer)).isEqualTo("Unexpected query parameters: \"limit\"");
  }

  @Test
  void a_request_without_parameters_is_refused_with_400() throws Exception {
    assertThat(get("").statusCode()).isEqualTo(400);
    assertThat(error(get("?"))).isEqualTo("Both 'start_id' and 'end_id' parameters are required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nope", "/incremental/step/", "/incremental/steps"})
  void another_path_is_404(String path) throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(api.url().resolve(path)));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer)).startsWith("Not found. Ask for /incremental/step?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void another_method_is_405_and_told_which_is_allowed(String method) throws Exception {
    HttpResponse<String> answer = call(method);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    assertThat(error(answer)).isEqualTo("Method not allowed. Use GET");
  }

  @Test
  void a_head_request_is_405_without_a_body() throws Exception {
    HttpResponse<String> answer = call("HEAD");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).isEmpty();
  }

  private HttpResponse<String> call(String method) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(api.url() + "?start_id=1&end_id=2"))
            .method(method, BodyPublishers.ofString("{}")));
  }

  private HttpResponse<String> get(String query) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(api.url() + query)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode data(String query) throws Exception {
    return JSON.readTree(get(query).body()).get("data");
  }

  private List<String> ids(String query) throws Exception {
    return data(query).findValuesAsText("id");
  }

  private static String error(HttpResponse<String> answer) throws JsonProcessingException {
    return JSON.readTree(answer.body()).get("error").textValue();
  }
}
