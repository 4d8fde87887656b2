package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.http.ShownText;
import io.stepsync.main.files.RouteItem.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads what a YAML route file defines. */
final class YamlItems {

  /** What a route may have in YAML. */
  private static final Set<String> ROUTE_KEYS =
      Set.of(
          "autoStartup",
          "delayer",
          "description",
          "errorHandler",
          "errorHandlerRef",
          "group",
          "id",
          "inputType",
          "logMask",
          "messageHistory",
          "nodePrefixId",
          "outputType",
          "precondition",
          "routeConfigurationId",
          "routePolicy",
          "routePolicyRef",
          "shutdownRoute",
          "shutdownRunningTask",
          "startupOrder",
          "streamCache",
          "streamCaching",
          "trace");

  private final Path file;
  private final List<RouteItem> items = new ArrayList<>();

  private YamlItems(Path file) {
    this.file = file;
  }

  /**
   * @throws SettingException naming file and line, if it is not YAML, no list, or has a key twice
   */
  static List<RouteItem> in(Path file) {
    return in(file, RouteText.of(file));
  }

  /** As {@link #in(Path)}, of what has been read. */
  static List<RouteItem> in(Path file, String text) {
    YamlItems read = new YamlItems(file);
    Node root = read.root(text);
    read.requireKeysOnce(root);
    for (Node node : read.listOf(root)) {
      read.node(node);
    }
    return read.items;
  }

  /** Returns all texts of a file, each with the line on which it begins. */
  static List<Part> texts(Path file) {
    List<Part> texts = new ArrayList<>();
    addTexts(texts, new YamlItems(file).root(RouteText.of(file)));
    return texts;
  }

  private static void addTexts(List<Part> texts, Node node) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(each -> addTexts(texts, each));
    } else if (node instanceof MappingNode map) {
      map.getValue().forEach(entry -> addTexts(texts, entry.getValueNode()));
    } else if (node instanceof ScalarNode text) {
      texts.add(new Part(text.getValue(), line(text) + (isBlock(text) ? 1 : 0)));
    }
  }

  private static boolean isBlock(ScalarNode text) {
    return text.getScalarStyle() == ScalarStyle.LITERAL
        || text.getScalarStyle() == ScalarStyle.FOLDED;
  }

  private Node root(String text) {
    Optional<Node> root;
    try {
      root =
          new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeString(text);
    } catch (MarkedYamlEngineException e) {
      String began =
          e.getContextMark()
              .map(mark -> ", in what begins on line " + (mark.getLine() + 1))
              .orElse("");
      int line = e.getProblemMark().or(e::getContextMark).map(m -> m.getLine() + 1).orElse(1);
      throw new SettingException(
          file + ":" + line + " must be YAML, was " + ShownText.harmless(e.getProblem()) + began,
          e);
    } catch (YamlEngineException e) {
      throw new SettingException(
          file + ":1 must be YAML, was " + ShownText.harmless(e.getMessage()), e);
    }
    return root.orElseThrow(
        () -> new SettingException(file + ":1 must define a stream or a route, was only comments"));
  }

  private List<Node> listOf(Node root) {
    if (root instanceof SequenceNode list) {
      return list.getValue();
    }
    throw new SettingException(
        "%s:%d must be a list, each of its entries with a dash, such as \"- beans:\", was %s"
            .formatted(file, line(root), root instanceof MappingNode ? "a map" : "a text"));
  }

  private void requireKeysOnce(Node node) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(this::requireKeysOnce);
    } else if (node instanceof MappingNode map) {
      Map<String, Integer> lines = new HashMap<>();
      for (NodeTuple entry : map.getValue()) {
        int line = line(entry.getKeyNode());
        Integer earlier = lines.put(text(entry.getKeyNode()), line);
        if (earlier != null) {
          throw new SettingException(
              "%s:%d must have each key once, was %s, which is on line %d too"
                  .formatted(file, line, text(entry.getKeyNode()), earlier));
        }
        requireKeysOnce(entry.getValueNode());
      }
    }
  }

  private void node(Node node) {
    for (Node bean : list(value(node, "beans"))) {
      bean(bean);
    }
    templatedRoute(value(node, "templatedRoute"));
    route(value(node, "route"));
    add("routeTemplate", value(node, "routeTemplate"), "id");
    add("routeConfiguration", value(node, "routeConfiguration"), "id");
  }

  private void bean(Node bean) {
    Map<String, Part> parts = RouteItem.noParts();
    List<String> columns = new ArrayList<>();
    boolean stream = Stream.class.getName().equals(text(value(bean, "type")));
    for (NodeTuple entry : entries(value(bean, "properties"))) {
      String name = text(entry.getKeyNode());
      if (stream && !"columns".equals(name) && entry.getValueNode() instanceof MappingNode) {
        throw new SettingException(
            "%s:%d: %s must be a text, was a map".formatted(file, line(entry.getKeyNode()), name));
      }
      parts.put(name, part(entry));
      if ("columns".equals(name)) {
        entries(entry.getValueNode()).forEach(column -> columns.add(text(column.getKeyNode())));
        entries(entry.getValueNode())
            .forEach(column -> parts.put("columns." + text(column.getKeyNode()), part(column)));
        addColumns(parts, entry);
      }
    }
    addPart(parts, bean, "type");
    items.add(new RouteItem("bean", text(value(bean, "name")), file, line(bean), columns, parts));
  }

  private static void addColumns(Map<String, Part> parts, NodeTuple entry) {
    if (entry.getValueNode() instanceof ScalarNode text) {
      RouteItem.addColumns(
          parts, text.getValue(), line(entry.getValueNode()) + (isBlock(text) ? 1 : 0));
    }
  }

  private void templatedRoute(Node route) {
    if (route != null) {
      Map<String, Part> parts = RouteItem.noParts();
      addPart(parts, route, "routeTemplateRef");
      for (Node parameter : list(value(route, "parameters"))) {
        String name = text(value(parameter, "name"));
        parts.put(String.valueOf(name), new Part(text(value(parameter, "value")), line(parameter)));
      }
      String id = text(value(route, "routeId"));
      items.add(new RouteItem("templatedRoute", id, file, line(route), List.of(), parts));
    }
  }

  /** One that is a stream's trigger has its stream and schedule, as one of the template has. */
  private void route(Node route) {
    add("route", route, "id");
    Node from = value(route, "from");
    if (route != null && from == null && !mayBeMistyped(route)) {
      throw new SettingException(
          "%s:%d: a route must have a from, was without".formatted(file, line(route)));
    }
    String stream = RouteItem.triggered(text(value(from, "uri")));
    if (stream != null) {
      Map<String, Part> parts = items.get(items.size() - 1).parts();
      parts.put("stream", new Part(stream, line(from)));
      addPart(parts, value(from, "parameters"), "cron");
      Part cron = parts.remove("cron");
      parts.put("schedule", cron == null ? new Part(text(value(from, "uri")), line(from)) : cron);
    }
  }

  /** A key that a route does not have is told by Camel. */
  private static boolean mayBeMistyped(Node route) {
    return entries(route).stream()
        .anyMatch(entry -> !ROUTE_KEYS.contains(text(entry.getKeyNode())));
  }

  private void add(String kind, Node item, String key) {
    if (item != null) {
      items.add(
          new RouteItem(
              kind, text(value(item, key)), file, line(item), List.of(), RouteItem.noParts()));
    }
  }

  private static void addPart(Map<String, Part> parts, Node map, String key) {
    entries(map).stream()
        .filter(entry -> key.equals(text(entry.getKeyNode())))
        .forEach(entry -> parts.put(key, part(entry)));
  }

  private static Part part(NodeTuple entry) {
    return new Part(text(entry.getValueNode()), line(entry.getKeyNode()));
  }

  private static Node value(Node map, String key) {
    return entries(map).stream()
        .filter(entry -> key.equals(text(entry.getKeyNode())))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .orElse(null);
  }

  private static List<NodeTuple> entries(Node node) {
    return node instanceof MappingNode map ? map.getValue() : List.of();
  }

  private static List<Node> list(Node node) {
    return node instanceof SequenceNode list ? list.getValue() : List.of();
  }

  /** Returns null for what is no text, and for null. */
  private static String text(Node node) {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? scalar.getValue()
        : null;
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
