package io.stepsync.steps;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * What the HTTP client has no limits for by itself: headers without an end would fill the memory, a
 * redirect would take credentials to another server, a retry behind the routes' back would not be
 * counted, and a cookie that one stream was given would go out with the credentials of another:
 * none is kept. Redirects are followed to the same scheme, host and port only; others stay answers
 * with a status of their own. Thread-safe.
 */
public final class HttpClientLimits implements HttpClientConfigurer {

  private static final int LONGEST_LINE = 1 << 16;
  private static final int MOST_HEADERS = 1000;

  /** To one server, of all streams that have the same time-outs; one has at most 65 at once. */
  private static final int MOST_CONNECTIONS = 70;

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    Http1Config limits =
        Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build();
    builder.setConnectionManager(
        PoolingHttpClientConnectionManagerBuilder.create()
            .useSystemProperties()
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
            .setMaxConnPerRoute(MOST_CONNECTIONS)
            .setMaxConnTotal(2 * MOST_CONNECTIONS)
            .build());
    builder.disableAutomaticRetries();
    builder.disableCookieManagement();
    builder.setRedirectStrategy(
        new DefaultRedirectStrategy() {
          @Override
          public boolean isRedirectAllowed(
              HttpHost from, HttpHost to, HttpRequest redirect, HttpContext context) {
            return from != null && from.equals(to);
          }
        });
  }
}
