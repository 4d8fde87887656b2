package io.stepsync.routes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An API with ID ranges whose records are added, changed and deleted, also while a run asks, and
 * with the faults that APIs have.
 */
final class ChangingSource implements AutoCloseable {

  /**
   * The faults of an API, the same for all its life.
   *
   * @param cap the most records of an answer
   * @param lowestFirst whether a cut answer has the lowest IDs, rather than any
   * @param widest the most IDs that a window may have before it is refused with 400
   * @param slowAt the most records that are answered in time; 408 for more
   */
  record Faults(int cap, boolean lowestFirst, long widest, int slowAt) {}

  static {
    // Without it each answer waits for an acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** The clock stands still while an answer takes its time, by which runs count. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);

  private static final Pattern WINDOW = Pattern.compile("start_id=(\\d+)&end_id=(\\d+)");

  private final HttpServer server;
  private final NavigableMap<Long, Integer> versions = new TreeMap<>();
  private final NavigableSet<Long> handedOut = new TreeSet<>();
  private final NavigableSet<Long> tooLate = new TreeSet<>();
  private final NavigableSet<Long> inOrder = new TreeSet<>();
  private final Map<Long, Instant> visibleAt = new TreeMap<>();
  private final NavigableMap<Long, Instant> answeredAt = new TreeMap<>();
  private final NavigableSet<Long> bad = new TreeSet<>();
  private final NavigableSet<Long> poison = new TreeSet<>();
  private final NavigableSet<Long> deleted = new TreeSet<>();
  private final Map<Integer, Runnable> during = new TreeMap<>();
  private Faults faults;
  private Random random;
  private Consumer<String> trace;
  private final InstantSource clock;
  private final Duration settleAfter;
  private long head;
  private int requests;
  private int version;

  /**
   * @param settleAfter how long after a higher ID was answered a record may appear, and is to be
   *     found nevertheless
   */
  ChangingSource(InstantSource clock, Duration settleAfter) throws IOException {
    this.clock = clock;
    this.settleAfter = settleAfter;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/items", this::answer);
    server.createContext("/head", this::answerHead);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/items";
  }

  String headUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/head";
  }

  /** Forgets everything, for another life. */
  synchronized void begin(Faults newFaults, Random newRandom, Consumer<String> newTrace) {
    List.of(versions.keySet(), handedOut, tooLate, inOrder, bad, poison)
        .forEach(java.util.Collection::clear);
    visibleAt.clear();
    answeredAt.clear();
    faults = newFaults;
    random = newRandom;
    trace = newTrace;
    head = 0;
    beginRun();
  }

  synchronized void beginRun() {
    requests = 0;
    deleted.clear();
    during.clear();
  }

  /** Does something just before a request of the run is answered. */
  synchronized void before(int request, Runnable change) {
    during.put(request, change);
  }

  synchronized void put(long id) {
    if (versions.put(id, ++version) == null) {
      appeared(id);
    }
    handedOut.remove(id);
    head = Math.max(head, id);
    bad.remove(id);
  }

  private void appeared(long id) {
    visibleAt.put(id, clock.instant());
    if (id > head) {
      inOrder.add(id);
    }
    Instant higherSeen =
        answeredAt.tailMap(id, false).values().stream().min(Instant::compareTo).orElse(Instant.MAX);
    boolean isBack = answeredAt.containsKey(id); // it was seen, and deleted: a refresh finds it
    boolean inTime =
        id > head || (!isBack && !clock.instant().isAfter(plus(higherSeen, settleAfter)));
    if (inTime) {
      tooLate.remove(id);
    } else {
      tooLate.add(id);
    }
  }

  private static Instant plus(Instant time, Duration more) {
    return time.equals(Instant.MAX) ? time : time.plus(more);
  }

  /** Makes a record that appears some time later. */
  synchronized void handOut(long id) {
    handedOut.add(id);
  }

  /** One of the records appears that were handed out. */
  synchronized void appear() {
    if (!handedOut.isEmpty()) {
      List<Long> ids = List.copyOf(handedOut);
      put(ids.get(random.nextInt(ids.size())));
    }
  }

  synchronized long highestHandedOut() {
    return Math.max(head, handedOut.isEmpty() ? 0 : handedOut.last());
  }

  /** Makes a record that does not fit its columns. */
  synchronized void spoil(long id) {
    if (versions.containsKey(id)) {
      put(id);
      bad.add(id);
    }
  }

  synchronized void delete(long id) {
    deleted.add(id);
    versions.remove(id);
    tooLate.remove(id);
    inOrder.remove(id);
    visibleAt.remove(id);
    bad.remove(id);
  }

  /** How far the records around this one lie from one another. */
  synchronized long gapWithout(long id) {
    Long below = versions.lowerKey(id);
    Long above = versions.higherKey(id);
    return (above == null ? id : above) - (below == null ? 0 : below);
  }

  /** Fails with 500 whenever this ID is asked for, until it is mended. */
  synchronized void poison(long id) {
    poison.add(id);
  }

  synchronized void mend() {
    poison.clear();
  }

  /** The records that fit, with their versions. */
  synchronized NavigableMap<Long, Integer> good() {
    NavigableMap<Long, Integer> good = new TreeMap<>(versions);
    good.keySet().removeAll(bad);
    return good;
  }

  /** The records that a run is to have found which begins at this moment, but for too late ones. */
  synchronized NavigableSet<Long> due() {
    NavigableSet<Long> due = new TreeSet<>(inOrder);
    Instant now = clock.instant();
    visibleAt.forEach(
        (id, time) -> {
          if (!tooLate.contains(id) && !time.plus(settleAfter).plus(LONGEST_ANSWER).isAfter(now)) {
            due.add(id);
          }
        });
    return due;
  }

  /** The IDs that were deleted since the run began; a record that has one of them came back. */
  synchronized NavigableSet<Long> deletedMeanwhile() {
    return new TreeSet<>(deleted);
  }

  synchronized NavigableSet<Long> bad() {
    return new TreeSet<>(bad);
  }

  synchronized long highestId() {
    return versions.isEmpty() ? 0 : versions.lastKey();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    Matcher window = WINDOW.matcher(exchange.getRequestURI().getQuery());
    window.find();
    long first = Long.parseLong(window.group(1));
    long last = Long.parseLong(window.group(2));
    during.getOrDefault(requests++, () -> {}).run();
    List<Long> ids = new ArrayList<>(versions.subMap(first, true, last, true).keySet());
    int status = status(last - first + 1, ids.size(), poison.subSet(first, true, last, true));
    trace.accept("  %d..%d: %d, of %d records".formatted(first, last, status, ids.size()));
    send(exchange, status, status == 200 ? body(ids) : "no");
  }

  private void answered(long id) {
    answeredAt.putIfAbsent(id, clock.instant());
  }

  /** Tells the highest ID that there ever was, which is one that does not fall. */
  private synchronized void answerHead(HttpExchange exchange) throws IOException {
    send(exchange, 200, "{\"max\":" + head + "}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int status(long width, int records, NavigableSet<Long> poisoned) {
    if (width > faults.widest()) {
      return 400;
    }
    return !poisoned.isEmpty() ? 500 : records > faults.slowAt() ? 408 : 200;
  }

  private String body(List<Long> ids) {
    if (!faults.lowestFirst()) {
      Collections.shuffle(ids, random);
    }
    ids.stream().limit(faults.cap()).forEach(this::answered);
    return ids.stream()
        .limit(faults.cap())
        .map(id -> "{\"id\":%d,\"v\":%s}".formatted(id, bad.contains(id) ? "{}" : versions.get(id)))
        .collect(Collectors.joining(",", "{\"data\":[", "]}"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
