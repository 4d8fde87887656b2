package io.stepsync.cli.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what may be a secret, by the name that it has, as a variable of the environment. Not
 * thread-safe.
 */
final class SecretValues {

  private static final String NAME =
      "[^:=&?\\s]*(?:auth|token|key|secret|cookie|passw|session|credential|signature)[^:=&?\\s]*";
  private static final Pattern HEADER =
      Pattern.compile("^(" + NAME + ")(\\s*:\\s*)(\\S.*)$", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER =
      Pattern.compile("(?<=[?&])(" + NAME + ")(=)([^&]+)", Pattern.CASE_INSENSITIVE);

  private final String stream;
  private final List<String> variables = new ArrayList<>();

  SecretValues(String stream) {
    this.stream = stream;
  }

  /** Returns a header, {@code name: value}, as it may be written. */
  String header(String header) {
    return HEADER.matcher(header.strip()).replaceAll(this::replacement);
  }

  /** Returns a URL as it may be written. */
  String url(String url) {
    return PARAMETER.matcher(url).replaceAll(this::replacement);
  }

  /** Returns the variables that must be set for what was written. */
  List<String> variables() {
    return variables;
  }

  /** One that is written as a placeholder already stays as it is. */
  private String replacement(MatchResult found) {
    String value = found.group(3);
    if (!value.contains("{{")) {
      String name = stream + "_" + found.group(1);
      variables.add(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
      value = "{{env:" + variables.get(variables.size() - 1) + "}}";
    }
    return Matcher.quoteReplacement(found.group(1) + found.group(2) + value);
  }
}
