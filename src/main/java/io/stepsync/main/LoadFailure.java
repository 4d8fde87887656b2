package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.run.Failures;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;

/** Says what is wrong with a route file that Camel refused, in the words of a setting. */
public final class LoadFailure {

  private static final Pattern BEAN = Pattern.compile("Error creating bean: (\\S+) of type");

  private static final Pattern MISSING_KEY =
      Pattern.compile(
          "Property with key \\[([^\\]]+)\\] (?:not found|using function \\[\\w+\\] returned null)");

  private static final String ENVIRONMENT = "env:";

  private LoadFailure() {}

  public static SettingException of(RuntimeException failure) {
    String bean = "?";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SettingException known) {
        return known;
      }
      Matcher matcher = BEAN.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        bean = matcher.group(1);
      }
      Matcher key = MISSING_KEY.matcher(String.valueOf(cause.getMessage()));
      if (key.find()) {
        return new SettingException(
            (bean.equals("?") ? "" : "stream " + bean + ": ") + missing(key.group(1)), failure);
      }
      if (cause instanceof PropertyBindingException binding) {
        return new SettingException("stream " + bean + ": " + problem(binding), failure);
      }
    }
    return new SettingException(Failures.message(failure), failure);
  }

  private static String missing(String key) {
    return key.startsWith(ENVIRONMENT)
        ? "the environment variable " + key.substring(ENVIRONMENT.length()) + " must be set"
        : "the key " + key + " must be set, in application.properties or in the environment";
  }

  private static String problem(PropertyBindingException binding) {
    String name = binding.getPropertyName();
    return binding.getCause() == null
        ? "there is no setting " + name
        : name + " must be " + rule(name) + ", was " + binding.getValue();
  }

  private static String rule(String name) {
    return Arrays.stream(Stream.class.getMethods())
        .filter(method -> method.getName().equalsIgnoreCase("set" + name))
        .map(setter -> rule(setter.getParameterTypes()[0]))
        .findFirst()
        .orElse("of another type");
  }

  private static String rule(Class<?> type) {
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == double.class) {
      return "a number";
    }
    return type == Duration.class ? "a duration such as 30s" : "a whole number below 2^63";
  }
}
