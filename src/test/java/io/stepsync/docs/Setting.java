package io.stepsync.docs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting of a stream, as its setter's Javadoc tells it.
 *
 * @param name such as {@code stepSize}
 * @param type the type in Java, such as {@code Long}
 * @param text the Javadoc on one line, in Markdown
 */
record Setting(String name, String type, String text) {

  private static final Pattern STATED =
      Pattern.compile("\\b(?:Default (?<value>.+?)|(?<required>Required.*?))\\.(?: |$)");

  /** What ends the value in a default such as {@code end_id; none, with limitParam}. */
  private static final Pattern BEHIND_VALUE = Pattern.compile("[,;]? (?!limit$).*|[,;]$");

  /** Returns when the setting must be set. */
  Optional<String> required() {
    return stated("required");
  }

  /** Returns the default in full, such as {@code 1000000, and none where maxId is set}. */
  Optional<String> stated() {
    return stated("value");
  }

  /** Returns the default's value alone, such as {@code 1000000}. */
  Optional<String> value() {
    return stated().map(text -> BEHIND_VALUE.matcher(text).replaceFirst(""));
  }

  private Optional<String> stated(String group) {
    Matcher stated = STATED.matcher(text);
    return stated.find() ? Optional.ofNullable(stated.group(group)) : Optional.empty();
  }

  /** Returns the text without the default. */
  String meaning() {
    return STATED.matcher(text).replaceFirst("").strip();
  }

  /** Returns the type in the user's words. */
  String userType() {
    return switch (type) {
      case "String" -> "text";
      case "int", "long", "Integer", "Long" -> "whole number";
      case "double", "Double" -> "number";
      case "boolean", "Boolean" -> "true or false";
      case "Duration" -> "duration";
      default -> throw new IllegalArgumentException(name + " has no type for users, was " + type);
    };
  }
}
