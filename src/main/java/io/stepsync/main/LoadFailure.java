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

  private static final Pattern TYPE = Pattern.compile("of type: (?:#class:)?([\\w.$]+)");

  private static final Pattern UNRESOLVED = Pattern.compile("Cannot resolve bean with name (\\S+)");

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
        return new SettingException(
            binding.getTarget() instanceof Stream || !bean.equals("?")
                ? "stream " + bean + ": " + problem(binding)
                : "camel.beans: "
                    + of(binding.getTarget())
                    + " has no property that takes "
                    + binding.getPropertyName(),
            failure);
      }
      if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
        return new SettingException(noClass(bean, cause.getMessage()), failure);
      }
      Matcher unresolved = UNRESOLVED.matcher(String.valueOf(cause.getMessage()));
      if (unresolved.matches()) {
        return new SettingException(
            "camel.beans.%s must be #class: and the name of a class, as there is no such bean"
                .formatted(unresolved.group(1)),
            failure);
      }
    }
    Matcher type = TYPE.matcher(String.valueOf(failure.getMessage()));
    return new SettingException(
        type.find() && !isThere(type.group(1))
            ? noClass(bean, type.group(1))
            : Failures.message(failure),
        failure);
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, LoadFailure.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String noClass(String bean, String type) {
    return (bean.equals("?") ? "" : "bean " + bean + ": ")
        + "there is no class "
        + String.valueOf(type).replace('/', '.')
        + "; a stream's type is "
        + Stream.class.getName()
        + ", and the jars of other classes belong into the folder more";
  }

  private static String of(Object target) {
    return target == null ? "a bean" : "a " + target.getClass().getName();
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
