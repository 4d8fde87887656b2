package io.stepsync.main.files;

import static java.util.stream.Collectors.toCollection;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.camel.Suggestion;
import io.stepsync.http.ShownText;
import io.stepsync.run.Failures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;

/** Says what is wrong with a route file that Camel refused, in the words of a setting. */
public final class LoadFailure {

  private static final Pattern BEAN =
      Pattern.compile("Error creating bean: (\\S+) of type: (?:#class:)?(\\S+)");

  private static final Pattern TYPE = Pattern.compile("of type: (?:#class:)?([\\w.$]+)");

  private static final Pattern UNRESOLVED = Pattern.compile("Cannot resolve bean with name (\\S+)");

  private static final Pattern MISSING_KEY =
      Pattern.compile(
          "Property with key \\[([^\\]]+)\\] (?:not found|using function \\[\\w+\\] returned null)");

  /** The YAML loader shows the place in lines of its own. */
  private static final Pattern YAML =
      Pattern.compile(
          "(?s)(.*?)\\s+in file:(.+?), line (\\d+), column \\d+:\\s*(?:(\\S[^\\n]*).*)?");

  private static final Pattern UNKNOWN_YAML =
      Pattern.compile("(?:Unknown node id|Unsupported field): (\\S+)");

  private static final Pattern UNKNOWN_XML =
      Pattern.compile("Unexpected (element|attribute) '(?:\\{[^}]*})?([^']+)'");

  private static final Pattern NO_TEMPLATE =
      Pattern.compile("Cannot find RouteTemplate with id (\\S+)");

  private static final Pattern NO_PARAMETER =
      Pattern.compile(
          "Route template (\\S+) the following mandatory parameters must be provided: (\\w+)");

  private static final Pattern NO_NAME = Pattern.compile("The bean (name|type) must be set");

  private static final Pattern BEFORE_ROUTES =
      Pattern.compile("^(\\w+) must be defined before any routes");

  private static final String ENVIRONMENT = "env:";
  private static final String TEMPLATE = "step-size-sync";
  private static final Set<String> PARAMETERS = Set.of("schedule", "stream");

  private LoadFailure() {}

  /**
   * Returns the problem, with the file and the line where that can be told.
   *
   * @param files the route files that were loaded
   */
  public static SettingException of(RuntimeException failure, Collection<Path> files) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      Optional<String> told =
          ofYaml(message)
              .or(() -> ofXml(message, files))
              .or(() -> ofItem(message, files))
              .or(() -> ofOrder(message, files));
      if (told.isPresent()) {
        return new SettingException(told.get(), failure);
      }
    }
    return Places.in(files, of(failure));
  }

  private static Optional<String> ofYaml(String message) {
    Matcher yaml = YAML.matcher(message);
    if (!yaml.matches()) {
      return Optional.empty();
    }
    String place = yaml.group(2) + ":" + yaml.group(3);
    Matcher unknown = UNKNOWN_YAML.matcher(yaml.group(1));
    if (unknown.matches()) {
      return Optional.of(
          place + ": there is no " + unknown.group(1) + " here" + NodeNames.like(unknown.group(1)));
    }
    Matcher xml = UNKNOWN_XML.matcher(yaml.group(1));
    if (xml.find()) {
      return Optional.of(
          "%s: there is no %s %s here%s"
              .formatted(place, xml.group(1), xml.group(2), NodeNames.like(xml.group(2))));
    }
    String problem =
        yaml.group(1)
            .replaceFirst(
                "^Node type (\\w+) is invalid, expected array", "must be a list, was a $1")
            .replaceFirst("^Node type (\\w+) is invalid, expected (\\w+)", "must be a $2, was a $1")
            .replaceFirst("^Unsupported type: SEQUENCE", "must be no list")
            .replaceFirst("^Unsupported type: SCALAR", "must be no text");
    String near = yaml.group(4) == null ? "" : ", near " + yaml.group(4).strip();
    return Optional.of(ShownText.harmless(place + ": " + problem + near));
  }

  private static Optional<String> ofXml(String message, Collection<Path> files) {
    Matcher unknown = UNKNOWN_XML.matcher(message);
    if (!unknown.find()) {
      return Optional.empty();
    }
    String name = unknown.group(2);
    return files.stream()
        .filter(file -> file.toString().endsWith(".xml"))
        .filter(file -> XmlItems.lineOf(file, name).isPresent())
        .map(
            file ->
                "%s:%d: there is no %s %s here%s"
                    .formatted(
                        file,
                        XmlItems.lineOf(file, name).getAsInt(),
                        unknown.group(1),
                        name,
                        NodeNames.like(name)))
        .findFirst();
  }

  private static Optional<String> ofItem(String message, Collection<Path> files) {
    Matcher template = NO_TEMPLATE.matcher(message);
    if (template.find()) {
      String name = template.group(1);
      return items(files, "templatedRoute")
          .filter(item -> name.equals(item.value("routeTemplateRef")))
          .map(
              item ->
                  "%s:%d: routeTemplateRef must be a template that is there, was %s%s"
                      .formatted(
                          item.file(),
                          item.parts().get("routeTemplateRef").line(),
                          name,
                          Suggestion.of(name, List.of(TEMPLATE))))
          .findFirst();
    }
    Matcher parameter = NO_PARAMETER.matcher(message);
    if (parameter.find()) {
      return items(files, "templatedRoute")
          .filter(item -> parameter.group(1).equals(item.value("routeTemplateRef")))
          .filter(item -> !item.parts().containsKey(parameter.group(2)))
          .map(item -> missing(item, parameter.group(2)))
          .findFirst();
    }
    Matcher name = NO_NAME.matcher(message);
    if (name.find()) {
      return items(files, "bean")
          .filter(item -> (name.group(1).equals("name") ? item.name() : item.value("type")) == null)
          .map(
              item ->
                  "%s:%d: a bean must have a %s".formatted(item.file(), item.line(), name.group(1)))
          .findFirst();
    }
    Matcher bean = BEAN.matcher(message);
    boolean ofBean = bean.find();
    if (ofBean && bean.group(2).equals("null")) {
      return items(files, "bean")
          .filter(item -> bean.group(1).equals(item.name()))
          .map(item -> "%s:%d: a bean must have a type".formatted(item.file(), item.line()))
          .findFirst();
    }
    if (ofBean && isNoClass(bean.group(2))) {
      return items(files, "bean")
          .filter(item -> bean.group(1).equals(item.name()) && item.parts().containsKey("type"))
          .map(
              item ->
                  "%s%s (%s:%d)"
                      .formatted(
                          noClass(item.name(), bean.group(2)),
                          Suggestion.of(bean.group(2), List.of(Stream.class.getName())),
                          item.file(),
                          item.parts().get("type").line()))
          .findFirst();
    }
    return Optional.empty();
  }

  private static Optional<String> ofOrder(String message, Collection<Path> files) {
    Matcher first = BEFORE_ROUTES.matcher(message);
    if (!first.find()) {
      return Optional.empty();
    }
    Pattern item = Pattern.compile("\\s*(- |<)" + Pattern.quote(first.group(1)) + "\\b.*");
    for (Path file : files) {
      List<String> lines = RouteText.of(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (item.matcher(lines.get(i)).matches()) {
          return Optional.of(
              "%s:%d: %s must be before all routes of its file, or in a routeConfiguration"
                  .formatted(file, i + 1, first.group(1)));
        }
      }
    }
    return Optional.empty();
  }

  private static java.util.stream.Stream<RouteItem> items(Collection<Path> files, String kind) {
    return DuplicateCheck.check(files).stream().filter(item -> item.kind().equals(kind));
  }

  /** One that there is not may be this one, mistyped. */
  private static String missing(RouteItem item, String parameter) {
    Set<String> given = new TreeSet<>(item.parts().keySet());
    given.removeAll(PARAMETERS);
    given.remove("routeTemplateRef");
    String mistyped =
        given.stream()
            .filter(name -> !Suggestion.of(name, Set.of(parameter)).isEmpty())
            .findFirst()
            .orElse(null);
    return mistyped == null
        ? "%s:%d: the parameter %s must be set".formatted(item.file(), item.line(), parameter)
        : "%s:%d: the parameters are stream and schedule, was %s; did you mean %s?"
            .formatted(item.file(), item.parts().get(mistyped).line(), mistyped, parameter);
  }

  private static boolean isNoClass(String type) {
    try {
      Class.forName(type, false, Thread.currentThread().getContextClassLoader());
      return false;
    } catch (ClassNotFoundException | LinkageError e) {
      return true;
    }
  }

  /** Returns the problem. */
  public static SettingException of(RuntimeException failure) {
    String bean = "?";
    String type = Stream.class.getName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SettingException known) {
        return known;
      }
      Matcher matcher = BEAN.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        bean = matcher.group(1);
        type = matcher.group(2);
      }
      Matcher key = MISSING_KEY.matcher(String.valueOf(cause.getMessage()));
      if (key.find()) {
        return new SettingException(
            (bean.equals("?") ? "" : "stream " + bean + ": ") + missing(key.group(1)), failure);
      }
      if (cause instanceof PropertyBindingException binding) {
        return new SettingException(problem(bean, type, binding), failure);
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
    if (!bean.equals("?") && !type.equals(Stream.class.getName()) && !isNoClass(type)) {
      return new SettingException(
          "stream %s: type must be %s, or a class that can be made, was %s"
              .formatted(bean, Stream.class.getName(), type),
          failure);
    }
    Matcher of = TYPE.matcher(String.valueOf(failure.getMessage()));
    return new SettingException(
        of.find() && isNoClass(of.group(1))
            ? noClass(bean, of.group(1))
            : Failures.message(failure),
        failure);
  }

  private static String noClass(String bean, String type) {
    return (bean.equals("?") ? "" : "bean " + bean + ": ")
        + "there is no class "
        + String.valueOf(type).replace('/', '.')
        + "; a stream's type is "
        + Stream.class.getName()
        + ", and the jars of other classes belong into the folder more";
  }

  private static String problem(String bean, String type, PropertyBindingException binding) {
    if (bean.equals("?") && !(binding.getTarget() instanceof Stream)) {
      String target =
          binding.getTarget() == null ? "bean" : binding.getTarget().getClass().getName();
      return "camel.beans: a "
          + target
          + " has no property that takes "
          + binding.getPropertyName();
    }
    return type.equals(Stream.class.getName())
        ? "stream " + bean + ": " + problem(binding)
        : "bean " + bean + ": " + Failures.message(binding);
  }

  private static String missing(String key) {
    return key.startsWith(ENVIRONMENT)
        ? "the environment variable " + key.substring(ENVIRONMENT.length()) + " must be set"
        : "the key " + key + " must be set, in application.properties or in the environment";
  }

  private static String problem(PropertyBindingException binding) {
    String name = binding.getPropertyName();
    return binding.getCause() == null
        ? "there is no setting " + name + Suggestion.of(name, settings())
        : name + " must be " + rule(name) + ", was " + binding.getValue();
  }

  private static Set<String> settings() {
    return Arrays.stream(Stream.class.getMethods())
        .filter(method -> method.getName().startsWith("set"))
        .map(method -> method.getName().substring("set".length()))
        .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
        .collect(toCollection(TreeSet::new));
  }

  private static String rule(String name) {
    return Arrays.stream(Stream.class.getMethods())
        .filter(method -> method.getName().equalsIgnoreCase("set" + name))
        .map(setter -> setter.getParameterTypes()[0])
        .filter(type -> type != String.class) // which takes anything, or is read as the other
        .map(LoadFailure::rule)
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
    if (type == int.class) {
      return "a whole number below 2^31";
    }
    return type == Duration.class ? "a duration such as 30s" : "a whole number below 2^63";
  }
}
