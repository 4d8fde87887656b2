package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A place in an answer that tells whether the API failed, as status 200 does not.
 *
 * <p>Immutable.
 *
 * @param pointer where it lies
 * @param value the value that tells of a failure; null if an array, an object or a text does that
 *     is not empty
 */
record ErrorPlace(JsonPointer pointer, String value) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLAIN = "[A-Za-z0-9_.-]+";

  /**
   * Returns what {@code answer} has here, if that tells of a failure. An answer that has no more
   * than the name of this place is not read as JSON.
   */
  Optional<JsonNode> in(byte[] answer) {
    if (!mayBeIn(answer)) {
      return Optional.empty();
    }
    try (JsonParser parser =
        new FilteringParserDelegate(
            JSON.createParser(answer),
            new JsonPointerBasedFilter(pointer),
            Inclusion.ONLY_INCLUDE_ALL,
            true)) {
      while (parser.nextToken() != null) {
        JsonNode node = JSON.readTree(parser);
        if (isFailure(node)) {
          return Optional.of(node);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // who reads the records tells why it is no JSON
    }
  }

  private boolean isFailure(JsonNode node) {
    if (value != null) {
      return node.isValueNode() && node.asText().equals(value);
    }
    return node.isContainerNode()
        ? !node.isEmpty()
        : node.isTextual() && !node.textValue().isBlank();
  }

  /** Few answers have the name with a value behind it that tells of a failure. */
  private boolean mayBeIn(byte[] answer) {
    String name = pointer.last().getMatchingProperty();
    if (!name.matches(PLAIN) || pointer.last().mayMatchElement()) {
      return true;
    }
    String quoted = "\"" + name + "\"";
    ByteSearch search = new ByteSearch(quoted);
    for (int at = search.next(answer, 0); at >= 0; at = search.next(answer, at + 1)) {
      int colon = afterBlanks(answer, at + quoted.length());
      if (byteAt(answer, colon) == ':' && mayFail(answer, afterBlanks(answer, colon + 1))) {
        return true;
      }
    }
    return false;
  }

  private boolean mayFail(byte[] answer, int start) {
    int first = byteAt(answer, start);
    if (value == null) {
      int next = first == '"' ? start + 1 : afterBlanks(answer, start + 1);
      return (first == '[' && byteAt(answer, next) != ']')
          || (first == '{' && byteAt(answer, next) != '}')
          || (first == '"' && byteAt(answer, next) != '"');
    }
    byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
    int from = first == '"' ? start + 1 : start;
    return !value.matches(PLAIN)
        || byteAt(answer, from) == '\\'
        || (from + wanted.length <= answer.length
            && Arrays.equals(answer, from, from + wanted.length, wanted, 0, wanted.length));
  }

  private static int afterBlanks(byte[] answer, int from) {
    int at = from;
    while (byteAt(answer, at) == ' '
        || byteAt(answer, at) == '\n'
        || byteAt(answer, at) == '\r'
        || byteAt(answer, at) == '\t') {
      at++;
    }
    return at;
  }

  private static int byteAt(byte[] answer, int at) {
    return at < answer.length ? answer[at] : -1;
  }

  /** As it is written in a stream. */
  @Override
  public String toString() {
    return value == null ? pointer.toString() : pointer + "=" + value;
  }
}
