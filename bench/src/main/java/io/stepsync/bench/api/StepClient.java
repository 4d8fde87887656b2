package io.stepsync.bench.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Asks the API for windows, with nothing but the JDK's client and Jackson's streaming parser. */
public final class StepClient {

  private static final JsonFactory JSON = new JsonFactory();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;

  /** Asks the endpoint {@code url}. */
  public StepClient(URI url) {
    this.url = url;
  }

  /** Returns the records from {@code first} to {@code last}, in the order of {@link Columns}. */
  public List<String[]> records(long first, long last) throws IOException, InterruptedException {
    try (JsonParser json = JSON.createParser(answer(first, last))) {
      return records(json);
    }
  }

  /** Returns the answer with the records from {@code first} to {@code last}. */
  public byte[] bytes(long first, long last) throws IOException, InterruptedException {
    try (InputStream answer = answer(first, last)) {
      return answer.readAllBytes();
    }
  }

  private InputStream answer(long first, long last) throws IOException, InterruptedException {
    URI window = URI.create(url + "?start_id=" + first + "&end_id=" + last);
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(window).build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException(window + " answered " + response.statusCode());
    }
    return response.body();
  }

  private static List<String[]> records(JsonParser json) throws IOException {
    List<String[]> records = new ArrayList<>();
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT && json.getParsingContext().getParent().inArray()) {
        records.add(record(json));
      }
    }
    return records;
  }

  private static String[] record(JsonParser json) throws IOException {
    String[] record = new String[Columns.COUNT];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      int column = Columns.indexOf(json.currentName());
      record[column] = json.nextTextValue();
    }
    return record;
  }
}
