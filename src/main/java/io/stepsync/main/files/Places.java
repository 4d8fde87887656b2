package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.main.files.RouteItem.Part;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds the file and the line to what is wrong with a stream's setting. */
final class Places {

  private static final Pattern OF_STREAM = Pattern.compile("stream (.+?): (.*)", Pattern.DOTALL);

  /** What is told of a column or a parameter has its name or its text at the end. */
  private static final Pattern VALUE =
      Pattern.compile("(columns must|the parameters are).* was (.+?)( twice|;.*)?", Pattern.DOTALL);

  private final List<RouteItem> items;

  private static final Pattern MISSING_KEY =
      Pattern.compile("the (?:key|environment variable) (\\S+) must be set.*");

  private Places(List<RouteItem> items) {
    this.items = items;
  }

  /**
   * Returns {@code problem} with {@code (file:line)} at its end where that can be told.
   *
   * @param files the route files
   */
  static SettingException in(Collection<Path> files, SettingException problem) {
    String message = problem.getMessage();
    if (files.stream().anyMatch(file -> message.contains(file.toString()))) {
      return problem;
    }
    List<RouteItem> items;
    try {
      items = DuplicateCheck.check(files);
    } catch (SettingException e) {
      return problem; // which another one hides
    }
    return new Places(items)
        .place(message)
        .map(place -> new SettingException(message + " (" + place + ")", problem.getCause()))
        .orElse(problem);
  }

  private Optional<String> place(String message) {
    Matcher matcher = OF_STREAM.matcher(message);
    return matcher.matches()
        ? bean(matcher.group(1))
            .map(bean -> place(bean, matcher.group(2)))
            .or(() -> trigger(matcher.group(1)).map(trigger -> place(trigger, matcher.group(2))))
        : Optional.empty();
  }

  private Optional<RouteItem> bean(String name) {
    return items.stream()
        .filter(item -> item.kind().equals("bean") && name.equals(item.name()))
        .findFirst();
  }

  private Optional<RouteItem> trigger(String stream) {
    return items.stream()
        .filter(item -> item.kind().equals("templatedRoute") || item.kind().equals("route"))
        .filter(item -> stream.equals(item.value("stream")))
        .findFirst();
  }

  /** The setting that the problem names first is the one that it is about. */
  private String place(RouteItem item, String problem) {
    Matcher key = MISSING_KEY.matcher(problem);
    if (key.matches()) {
      Pattern use = Pattern.compile("\\{\\{(env:)?" + Pattern.quote(key.group(1)) + "(\\W|$)");
      for (Part part : item.parts().values()) {
        if (part.value() != null && use.matcher(part.value()).find()) {
          return item.file() + ":" + part.line();
        }
      }
    }
    if (problem.startsWith("the parameters are")) {
      return trigger(String.valueOf(item.name()))
          .map(trigger -> parameter(trigger, problem))
          .orElse(item.file() + ":" + item.line());
    }
    Map<String, String> places = new TreeMap<>();
    trigger(String.valueOf(item.name())).ifPresent(trigger -> addPlaces(places, trigger));
    addPlaces(places, item);
    Matcher value = VALUE.matcher(problem);
    if (value.matches()) {
      String told = value.group(2);
      for (String name : List.of("columns." + told, told, "columns." + told.split("[ :=]", 2)[0])) {
        if (places.containsKey(name)) {
          return places.get(name);
        }
      }
    }
    String best = null;
    int first = Integer.MAX_VALUE;
    for (String name : places.keySet()) {
      Matcher word =
          Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])").matcher(problem);
      if (word.find() && word.start() <= first) { // a column comes after "columns"
        first = word.start();
        best = name;
      }
    }
    return best == null ? item.file() + ":" + item.line() : places.get(best);
  }

  private static String parameter(RouteItem trigger, String problem) {
    Matcher value = VALUE.matcher(problem);
    Part part = value.matches() ? trigger.parts().get(value.group(2)) : null;
    return trigger.file() + ":" + (part == null ? trigger.line() : part.line());
  }

  private static void addPlaces(Map<String, String> places, RouteItem item) {
    for (Map.Entry<String, Part> part : item.parts().entrySet()) {
      places.put(part.getKey(), item.file() + ":" + part.getValue().line());
    }
  }
}
