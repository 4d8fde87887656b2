package io.stepsync.routes;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** An API with ID ranges over records that a test holds, and answers that it can spoil. */
public final class RangeApi implements ResponseTransformerV2, AutoCloseable {

  private final NavigableMap<Long, String> records = new ConcurrentSkipListMap<>();
  private final WireMockServer server;
  private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Runnable onRequest = () -> {};
  private volatile long slowWidth = Long.MAX_VALUE;
  private volatile int delayMillis;
  private volatile int cap = Integer.MAX_VALUE;
  private volatile long twice = -1;
  private volatile long toldWidth = Long.MAX_VALUE;
  private volatile LongBinaryStatus statusFor = (firstId, lastId) -> 200;

  public RangeApi() {
    server =
        new WireMockServer(
            WireMockConfiguration.options().dynamicPort().disableRequestJournal().extensions(this));
    server.start();
    server.stubFor(
        WireMock.get(WireMock.urlPathEqualTo("/records"))
            .willReturn(
                WireMock.aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withTransformers(getName())));
  }

  public String url() {
    return server.baseUrl() + "/records";
  }

  /** Adds records of the {@code user} shape. */
  public RangeApi users(long firstId, long lastId) {
    return records(firstId, lastId, id -> user(id, "name " + id));
  }

  public RangeApi records(long firstId, long lastId, LongFunction<String> json) {
    LongStream.rangeClosed(firstId, lastId).forEach(id -> records.put(id, json.apply(id)));
    return this;
  }

  RangeApi remove(long id) {
    records.remove(id);
    return this;
  }

  void remove(long firstId, long lastId) {
    records.subMap(firstId, true, lastId, true).clear();
  }

  public static String user(long id, String name) {
    return """
        {"id":"%d","name":"%s","email":"e%d@example.com","address":"a\\nb","company":"c","job":"j",\
        "createdAt":"2026-11-15T00:58:20Z","updatedAt":"2026-11-16T00:58:20Z"}"""
        .formatted(id, name, id);
  }

  /** Leaves any records out of an answer that has more than this. */
  RangeApi cuttingAt(int most) {
    cap = most;
    return this;
  }

  /** Gives this record once more, beside all that an answer has. */
  RangeApi twice(long id) {
    twice = id;
    return this;
  }

  /** Answers windows of more IDs than this with no record. */
  RangeApi tellingNothingOverWidth(long width) {
    toldWidth = width;
    return this;
  }

  /** Answers a window, by its first and last ID, with a status. */
  public RangeApi status(LongBinaryStatus status) {
    statusFor = status;
    return this;
  }

  /** Takes {@code millis} to answer a window of more IDs than this. */
  RangeApi slowOverWidth(long width, int millis) {
    slowWidth = width;
    delayMillis = millis;
    return this;
  }

  /** A status by a window's first and last ID. */
  public interface LongBinaryStatus {
    int applyAsInt(long firstId, long lastId);
  }

  /** Tells the highest ID at a URL of its own. */
  public String headUrl(long max) {
    server.stubFor(WireMock.get("/head").willReturn(WireMock.okJson("{\"max\":" + max + "}")));
    return server.baseUrl() + "/head";
  }

  /** Answers all requests with this, whatever they ask. */
  public RangeApi answering(int status, String contentType, String body) {
    server.stubFor(
        WireMock.get(WireMock.urlPathEqualTo("/records"))
            .willReturn(
                WireMock.aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", contentType)
                    .withBody(body)));
    return this;
  }

  /** Does something while a request is being answered. */
  public RangeApi onRequest(Runnable action) {
    onRequest = action;
    return this;
  }

  /** Returns the Authorization of each request. */
  Set<String> authorizations() {
    return authorizations;
  }

  public int requests() {
    return requests.get();
  }

  @Override
  public Response transform(Response response, ServeEvent event) {
    requests.incrementAndGet();
    authorizations.add(String.valueOf(event.getRequest().getHeader("Authorization")));
    onRequest.run();
    long first = Long.parseLong(event.getRequest().queryParameter("start_id").firstValue());
    long last = Long.parseLong(event.getRequest().queryParameter("end_id").firstValue());
    int status = statusFor.applyAsInt(first, last);
    if (status != 200) {
      return Response.Builder.like(response).but().status(status).body("out of order").build();
    }
    List<String> answer = new ArrayList<>(records.subMap(first, true, last, true).values());
    Collections.shuffle(answer, new Random(first));
    answer = new ArrayList<>(answer.subList(0, Math.min(cap, answer.size())));
    if (answer.contains(records.get(twice))) {
      answer.add(records.get(twice));
    }
    String data = last - first >= toldWidth ? "" : String.join(",", answer);
    long delay = last - first >= slowWidth ? delayMillis : 0;
    return Response.Builder.like(response)
        .but()
        .body("{\"data\":[" + data + "]}")
        .incrementInitialDelay(delay)
        .build();
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public String getName() {
    return "range-api";
  }

  @Override
  public void close() {
    server.stop();
  }
}
