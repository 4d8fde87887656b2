package io.stepsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** An OAuth 2 access token, RFC 6749, 5.1. */
public record AccessToken(String text, Instant end) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** So much earlier it is over, so that none is on its way when it ends. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** One that does not say when it ends. */
  private static final Duration USUAL = Duration.ofMinutes(5);

  /**
   * Reads the answer that brings a token.
   *
   * @throws AnswerException if it brings none; its text is not shown
   */
  public static AccessToken parse(byte[] json, Instant now) {
    JsonNode answer;
    try {
      answer = JSON.readTree(json);
    } catch (IOException e) {
      throw new AnswerException("the answer of tokenUrl must be JSON, was another");
    }
    String token = answer.path("access_token").asText();
    if (token.isEmpty() || !HeaderText.isValue(token)) {
      throw new AnswerException("the answer of tokenUrl must have an access_token, had none");
    }
    long seconds = answer.path("expires_in").asLong(USUAL.toSeconds());
    return new AccessToken(
        token, now.plusSeconds(Math.min(seconds, Duration.ofDays(365).toSeconds())));
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(end.minus(MARGIN));
  }

  /** It is a secret. */
  @Override
  public String toString() {
    return "a token until " + end;
  }
}
