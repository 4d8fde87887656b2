package io.stepsync.main.files;

import io.stepsync.SettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses a value that was written for another program: in typographic quotes, which would be a
 * part of it, or with a variable of the environment as shells and other tools write it. What is
 * told of a value may be a secret, so it is not shown.
 */
final class WrittenValue {

  /** A quote where a value, a name, or a part of it begins or ends. */
  private static final Pattern QUOTE =
      Pattern.compile(
          "(?:^|[\\[{(:=,])\\s*([\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb])"
              + "|([\u201c\u201d\u201e\u201f\u00ab\u00bb])\\s*(?:[\\]}):=,]|$)",
          Pattern.MULTILINE);

  private static final String NAME = "[A-Z][A-Z0-9_]*";

  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?<!\\$)\\$\\{(?:env[:.])?(%1$s)(?::[^}]*)?}".formatted(NAME)
              + "|(?<!\\{)\\{env:(%1$s)}".formatted(NAME)
              + "|^(?:\\w+ )?\\$(%1$s)$|^(?:\\w+ )?%%(%1$s)%%$".formatted(NAME),
          Pattern.MULTILINE);

  private WrittenValue() {}

  /**
   * @param about what the message begins with, the name of the setting
   * @param place what it ends with
   * @throws SettingException naming the rule
   */
  static void check(String about, String value, String place) {
    Matcher quote = QUOTE.matcher(value);
    if (quote.find()) {
      throw new SettingException(
          "%s must be in plain quotes or in none, was in %s%s"
              .formatted(about, quote.group(quote.group(1) == null ? 2 : 1), place));
    }
    Matcher variable = VARIABLE.matcher(value.strip());
    if (variable.find()) {
      for (int i = 1; i <= variable.groupCount(); i++) {
        if (variable.group(i) != null) {
          throw new SettingException(
              "%s must be {{env:%s}} for a variable of the environment, was %s%s"
                  .formatted(about, variable.group(i), variable.group(), place));
        }
      }
    }
  }
}
