package io.stepsync.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The IDs that a request asks for.
 *
 * @param startId the first, at least 1
 * @param endId the last, at least {@code startId}
 */
record StepQuery(long startId, long endId) {
  private static final String START = "start_id";
  private static final String END = "end_id";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

  /**
   * Reads the part of the URL after the question mark.
   *
   * @param rawQuery that part as it was sent; empty where there is none
   * @throws IllegalArgumentException if it is not exactly one {@code start_id} and one {@code
   *     end_id} that make a range; the message is meant for the caller of the API
   */
  static StepQuery parse(String rawQuery) {
    Map<String, String> parameters = parameters(rawQuery);
    checkNames(parameters);
    long startId = number(START, parameters);
    long endId = number(END, parameters);
    check(startId >= 1, invalid(START, "greater than or equal to 1"));
    check(endId >= startId, invalid(END, "greater than or equal to 'start_id'"));
    return new StepQuery(startId, endId);
  }

  private static Map<String, String> parameters(String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : rawQuery.split("&", -1)) {
      String[] pair = part.split("=", 2);
      String name = decoded(pair[0]);
      String value = pair.length == 2 ? decoded(pair[1]) : "";
      boolean first = part.isEmpty() || parameters.putIfAbsent(name, value) == null;
      check(first, "Repeated query parameter: " + name);
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void checkNames(Map<String, String> parameters) {
    List<String> required = List.of(START, END);
    List<String> unexpected = new ArrayList<>(parameters.keySet());
    unexpected.removeAll(required);
    check(unexpected.isEmpty(), "Unexpected query parameters: " + String.join(", ", unexpected));
    check(
        parameters.keySet().containsAll(required),
        "Both 'start_id' and 'end_id' parameters are required");
  }

  private static long number(String name, Map<String, String> parameters) {
    String value = parameters.getOrDefault(name, "");
    check(WHOLE_NUMBER.matcher(value).matches(), invalid(name, "a whole number"));
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException outOfRange) {
      throw new IllegalArgumentException(
          invalid(name, "a whole number from 1 to " + Long.MAX_VALUE), outOfRange);
    }
  }

  private static String invalid(String name, String rule) {
    return "Invalid value for '" + name + "'. It must be " + rule + ".";
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
