package io.stepsync.docs;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting may be, as the program says when it is not.
 *
 * @param words all that it may be; none for any text
 * @param otherCase the regular expression of its words in whatever case, if they are taken in any;
 *     else empty
 * @param least the least that it may be, if the program names it
 * @param most the most that it may be, if the program names it
 */
record SettingRule(
    List<String> words, String otherCase, Optional<Integer> least, Optional<Integer> most) {

  private static final Pattern WORDS = Pattern.compile("(\\w+(?:, \\w+)* or \\w+), was .*");
  private static final Pattern LEAST = Pattern.compile(">= (\\d+), was .*");
  private static final Pattern RANGE = Pattern.compile("(\\d+) to (\\d+), was .*");

  static SettingRule of(Setting setting) throws Exception {
    if (!setting.userType().equals("text")) {
      String rule = rule(setting, -1).orElse("");
      Matcher least = LEAST.matcher(rule);
      Matcher range = RANGE.matcher(rule);
      return range.matches()
          ? new SettingRule(List.of(), "", number(range, 1), number(range, 2))
          : new SettingRule(
              List.of(),
              "",
              least.matches() ? number(least, 1) : Optional.empty(),
              Optional.empty());
    }
    Matcher words = WORDS.matcher(rule(setting, "none of them").orElse(""));
    if (!words.matches()) {
      return new SettingRule(List.of(), "", Optional.empty(), Optional.empty());
    }
    List<String> all = Arrays.asList(words.group(1).split(", | or "));
    String word = all.get(0);
    String upper = word.toUpperCase(Locale.ROOT);
    String other = word.equals(upper) ? word.toLowerCase(Locale.ROOT) : upper;
    boolean anyCase = rule(setting, other).isEmpty();
    return new SettingRule(all, anyCase ? inAnyCase(all) : "", Optional.empty(), Optional.empty());
  }

  private static Optional<Integer> number(Matcher matcher, int group) {
    return Optional.of(Integer.valueOf(matcher.group(group)));
  }

  private static String inAnyCase(List<String> words) {
    StringBuilder pattern = new StringBuilder("^(");
    for (String word : words) {
      pattern.append(pattern.length() == 2 ? "" : "|");
      word.chars()
          .forEach(
              letter ->
                  pattern
                      .append('[')
                      .append((char) letter)
                      .append(Character.toUpperCase((char) letter))
                      .append(']'));
    }
    return pattern.append(")$").toString();
  }

  /** Returns what the program says that the setting must be; empty if it takes the value. */
  private static Optional<String> rule(Setting setting, Object value) throws Exception {
    Stream stream = new Stream();
    stream.setUrl("http://127.0.0.1/");
    stream.setColumns("id: LONG");
    stream.setTable("rule");
    stream.setPrimaryKey("id");
    if (setting.name().startsWith("apiKey")) {
      stream.setAuth("apiKey");
      stream.setApiKeyName("key");
      stream.setApiKey("secret");
    }
    set(stream, setting, value);
    try {
      stream.checked("rule");
      return Optional.empty();
    } catch (SettingException e) {
      String prefix = "stream rule: " + setting.name() + " must be ";
      return e.getMessage().startsWith(prefix)
          ? Optional.of(e.getMessage().substring(prefix.length()))
          : Optional.empty();
    }
  }

  private static void set(Stream stream, Setting setting, Object value) throws Exception {
    String name =
        "set"
            + setting.name().substring(0, 1).toUpperCase(Locale.ROOT)
            + setting.name().substring(1);
    for (Method method : Stream.class.getMethods()) {
      if (method.getName().equals(name)
          && method.getParameterTypes()[0].getSimpleName().equals(setting.type())) {
        method.invoke(stream, value instanceof Integer number ? as(setting.type(), number) : value);
        return;
      }
    }
    throw new IllegalArgumentException("no setter of " + setting.name());
  }

  private static Number as(String type, Integer number) {
    return switch (type) {
      case "int", "Integer" -> number;
      case "long", "Long" -> number.longValue();
      default -> number.doubleValue();
    };
  }
}
