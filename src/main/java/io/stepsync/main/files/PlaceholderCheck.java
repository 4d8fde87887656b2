package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses a property placeholder that is none: Camel takes {@code {{evn:TOKEN}}} for a key with the
 * default {@code TOKEN}. A key that is not set is told by Camel. What is behind a colon may be a
 * secret, so it is not shown unless it is a name.
 */
final class PlaceholderCheck {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

  private static final String VARIABLE = "[A-Z][A-Z0-9_]*";
  private static final String PROPERTY = "[a-z]+(\\.[a-z]+)+";

  private static final String SERVICES = "META-INF/services/org/apache/camel/properties-function/";
  private static final Set<String> OF_CAMEL =
      Set.of("boolean", "env", "service", "service.host", "service.port", "sys");

  /** Those of Camel's that are in jars of their own. */
  private static final Set<String> OF_JARS =
      Set.of("aws", "azure", "bean", "configmap", "cyberark", "gcp", "hashicorp", "ibm", "secret");

  private final Predicate<String> isSet;

  /**
   * @param isSet whether there is a key of this name
   */
  PlaceholderCheck(Predicate<String> isSet) {
    this.isSet = isSet;
  }

  /**
   * Checks the placeholders of a text.
   *
   * @param place the file of the text, and a colon
   * @param line on which it begins, from 1
   * @throws SettingException naming file, line and placeholder
   */
  void check(String place, int line, String text) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      long before = text.substring(0, placeholder.start()).chars().filter(c -> c == '\n').count();
      String problem = problem(placeholder.group(1));
      if (problem != null) {
        throw new SettingException(place + (line + before) + ": " + problem);
      }
    }
  }

  private String problem(String content) {
    String asked = content.replaceFirst("^[?!]", "");
    if (asked.isBlank()) {
      return "a placeholder must have a key, was {{" + content + "}}";
    }
    int colon = asked.indexOf(':');
    String name = colon < 0 ? asked : asked.substring(0, colon);
    String rest = colon < 0 ? "" : asked.substring(colon + 1).strip();
    if (!name.equals(name.strip())) {
      return "a placeholder must have its key without blanks, was {{" + name + "…}}";
    }
    if (colon < 0) {
      return isSet.test(name) ? null : ofDot(name);
    }
    if (isFunction(name)) {
      return rest.isEmpty()
          ? "the function %s must have a name, was {{%s}}".formatted(name, content)
          : null;
    }
    if (isSet.test(name)) {
      return null;
    }
    String meant = meant(name, rest);
    if (meant != null) {
      return "there is no function %s of placeholders; did you mean {{%s:%s}}?"
          .formatted(name, meant, rest.split(":", 2)[0]);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return OF_JARS.contains(lower)
        ? "there is no function %s of placeholders; its jar belongs into the folder more"
            .formatted(name)
        : null;
  }

  private static String meant(String name, String rest) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (rest.matches(VARIABLE + "(:.*)?") && isLike(lower, "env")) {
      return "env";
    }
    return rest.matches(PROPERTY + "(:.*)?") && isLike(lower, "sys") ? "sys" : null;
  }

  private static boolean isLike(String name, String function) {
    return name.equals(function) || !Suggestion.of(name, Set.of(function)).isEmpty();
  }

  private static String ofDot(String key) {
    Matcher dot = Pattern.compile("(env|sys)[.\\s]\\s*(.+)").matcher(key);
    boolean like =
        dot.matches() && dot.group(2).matches(dot.group(1).equals("env") ? VARIABLE : PROPERTY);
    return like
        ? "there is no key %s; did you mean {{%s:%s}}?".formatted(key, dot.group(1), dot.group(2))
        : null;
  }

  private static boolean isFunction(String name) {
    return OF_CAMEL.contains(name)
        || (name.matches("[a-z.-]+")
            && Thread.currentThread().getContextClassLoader().getResource(SERVICES + name) != null);
  }
}
