package io.stepsync.page;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through to the management server what may pass.
 *
 * <ul>
 *   <li>Host: an address, {@code localhost} or the configured name, so that no other site's name
 *       can be pointed at this server (DNS rebinding).
 *   <li>Authorization: the user and the password, where they are set; after ten wrong ones within a
 *       minute from an address none of its is looked at until that minute is over.
 *   <li>Actions: a POST needs the header {@code X-Stepsync}, which another site's page cannot send,
 *       and must not come from another origin, where the browser tells it.
 * </ul>
 *
 * Thread-safe.
 */
final class AccessFilter implements Handler<RoutingContext> {

  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);

  private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]|[0-9]+(\\.[0-9]+){3}");

  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Set<String> names;
  private final boolean isForAnyAddress;
  private final byte[] authorization;
  private final WrongPasswords tries = new WrongPasswords(InstantSource.system());

  AccessFilter(PageSettings settings) {
    names =
        Stream.of("localhost", "127.0.0.1", "[::1]", settings.host(), settings.name())
            .filter(name -> !name.isEmpty())
            .map(AccessFilter::lower)
            .collect(Collectors.toUnmodifiableSet());
    isForAnyAddress = settings.address().isAnyLocalAddress();
    authorization =
        settings.password().isEmpty()
            ? null
            : bytes("Basic " + base64(settings.user() + ":" + settings.password()));
  }

  @Override
  public void handle(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    addHeaders(exchange.response());
    if (!METHODS.contains(request.method())) {
      exchange.response().putHeader("Allow", "GET, HEAD, POST");
      HttpReplies.error(exchange, 405, "the method must be GET, HEAD or POST");
    } else if (!request.uri().startsWith("/") || !isKnown(request.authority())) {
      HttpReplies.error(exchange, 403, "the host must be this server, or stepsync.page.name");
    } else if (authorization != null && request.getHeader("Authorization") == null) {
      askForPassword(exchange);
    } else if (authorization != null && tries.isTooMany(address(request))) {
      exchange.response().putHeader("Retry-After", String.valueOf(tries.pauseSeconds()));
      HttpReplies.error(exchange, 429, "too many wrong passwords; wait for a minute");
    } else if (!isAuthorized(request)) {
      tries.wrong(address(request));
      askForPassword(exchange);
    } else if (request.method().equals(HttpMethod.POST) && !isFromHere(request)) {
      HttpReplies.error(exchange, 403, "an action must come from the status page itself");
    } else {
      exchange.next();
    }
  }

  private static void askForPassword(RoutingContext exchange) {
    exchange
        .response()
        .putHeader("WWW-Authenticate", "Basic realm=\"stepsync\", charset=\"UTF-8\"");
    HttpReplies.error(exchange, 401, "a user and a password are needed");
  }

  private static String address(HttpServerRequest request) {
    return request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
  }

  private static void addHeaders(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cache-Control", "no-store");
  }

  /** An address cannot be pointed elsewhere; but only a server on all addresses takes any. */
  private boolean isKnown(HostAndPort authority) {
    if (authority == null || authority.host().isEmpty()) {
      return false;
    }
    String host = lower(authority.host());
    return names.contains(host) || (isForAnyAddress && ADDRESS.matcher(host).matches());
  }

  private boolean isAuthorized(HttpServerRequest request) {
    String given = request.getHeader("Authorization");
    return authorization == null
        || (given != null && MessageDigest.isEqual(authorization, bytes(given)));
  }

  private static boolean isFromHere(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    return request.getHeader("X-Stepsync") != null
        && (site == null || site.equals("same-origin"))
        && (origin == null || isOurs(origin, request));
  }

  /** A proxy can have taken the encryption off. */
  private static boolean isOurs(String origin, HttpServerRequest request) {
    String host = lower(String.valueOf(request.getHeader("Host")));
    return origin.equals("http://" + host) || origin.equals("https://" + host);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  /**
   * Counts the wrong passwords of each address: ten within a minute are too many, until the minute
   * after the first of them is over. Thread-safe.
   */
  static final class WrongPasswords {

    static final int MOST = 10;

    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Of so many addresses at most; beyond them the one that began first is forgotten. */
    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Tries> byAddress = new LinkedHashMap<>();

    /** So many since a moment. */
    private record Tries(int count, Instant first) {}

    WrongPasswords(InstantSource clock) {
      this.clock = clock;
    }

    synchronized boolean isTooMany(String address) {
      Tries tries = byAddress.get(address);
      return tries != null && !isOver(tries) && tries.count >= MOST;
    }

    synchronized void wrong(String address) {
      byAddress.values().removeIf(this::isOver);
      Tries before = byAddress.getOrDefault(address, new Tries(0, clock.instant()));
      if (byAddress.size() >= MOST_ADDRESSES) {
        byAddress.remove(byAddress.keySet().iterator().next());
      }
      byAddress.put(address, new Tries(before.count + 1, before.first));
      if (before.count + 1 == MOST) {
        LOG.warn(
            "status page: {} wrong passwords from {}, which is not let in for {} s",
            MOST,
            address,
            pauseSeconds());
      }
    }

    private boolean isOver(Tries tries) {
      return !clock.instant().isBefore(tries.first.plus(PAUSE));
    }

    long pauseSeconds() {
      return PAUSE.toSeconds();
    }
  }
}
