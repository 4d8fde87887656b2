package io.stepsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsync.http.AnswerException.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What an API says of its failure in an answer of status 200. */
final class ToldFailure {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final List<String> TEXTS =
      List.of("message", "detail", "title", "description", "error", "reason", "code");
  private static final String THROTTLED = ".*(throttl|rate.?limit|too.?many.?requests).*";

  private ToldFailure() {}

  /**
   * Returns the failure that {@code told} tells of: one that a narrower window may mend, unless the
   * API was only asked too often.
   *
   * @param place where {@code told} lies
   * @param answer the answer's text
   */
  static AnswerException of(Reply reply, ErrorPlace place, JsonNode told, String answer) {
    String text = place.value() == null ? text(told) : answer;
    String message =
        "the API answered %s with status %d, but %s: %s"
            .formatted(reply.path(), reply.status(), place, ShownText.start(text, reply.mask()));
    return isThrottled(told)
        ? new AnswerException(message, null, TOO_MANY_REQUESTS, RetryAfter.wait(reply).orElse(null))
        : new AnswerException(message, Trouble.FAILED);
  }

  private static String text(JsonNode told) {
    if (told.isArray()) {
      String more = told.size() > 1 ? ", and %d more".formatted(told.size() - 1) : "";
      return text(told.get(0)) + more;
    }
    return TEXTS.stream()
        .map(name -> told.path(name).asText())
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElseGet(() -> told.isTextual() ? told.textValue() : told.toString());
  }

  private static boolean isThrottled(JsonNode told) {
    return entries(told)
        .flatMap(
            entry ->
                Stream.of(
                    entry,
                    entry.path("message"),
                    entry.path("code"),
                    entry.path("extensions").path("code")))
        .anyMatch(text -> text.asText().toLowerCase(Locale.ROOT).matches("(?s)" + THROTTLED));
  }

  private static Stream<JsonNode> entries(JsonNode told) {
    return told.isArray() ? told.valueStream() : Stream.of(told);
  }
}
