package io.stepsync.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a YAML file of shared routes in XML, as people would: with its comments, in lines. */
final class XmlRoutes {

  private static final int WIDTH = 110;

  /** An item of the file, with the comments above it. */
  private static final Pattern ITEM =
      Pattern.compile(
          "(?<comment>(?:^#.*\\n)*)(?<item>^- (?:.*\\n)(?:(?: .*)?\\n)*)", Pattern.MULTILINE);

  private static final Pattern ID = Pattern.compile("\\bid: ([\\w-]+)");
  private static final Pattern LINE_COMMENT = Pattern.compile(" # (.*)$");
  private static final Pattern XML_ID = Pattern.compile("^ *<\\w+ id=\"([^\"]+)\"");
  private static final Pattern ATTRIBUTE = Pattern.compile(" \\w+=\"[^\"]*\"");
  private static final Pattern ONLY_CHILD =
      Pattern.compile("^( *<(\\w+)[^>]*(?<!/)>)\n *(<.*>)\n *</\\2>$", Pattern.MULTILINE);
  private static final Pattern NAMESPACE = Pattern.compile(" xmlns=\"[^\"]*\"");

  private XmlRoutes() {}

  static String of(String yaml) throws Exception {
    List<String> elements = new ArrayList<>();
    Matcher items = ITEM.matcher(yaml);
    while (items.find()) {
      elements.add(comment(items.group("comment")) + element(items.group("item")));
    }
    return "<camel>\n" + String.join("\n", elements) + "</camel>\n";
  }

  private static String comment(String yaml) {
    return yaml.isEmpty()
        ? ""
        : yaml.lines()
            .map(line -> line.substring(1).strip().replace(".camel.yaml", ".camel.xml"))
            .collect(Collectors.joining("\n       ", "  <!-- ", " -->\n"));
  }

  private static String element(String yaml) throws Exception {
    Map<String, String> comments = comments(yaml);
    try (RouteModel model = new RouteModel("item.camel.yaml", yaml)) {
      String xml = NAMESPACE.matcher(String.join("", model.xml())).replaceAll("");
      return folded(folded(xml))
          .lines()
          .map(line -> commented(indented(line), comments))
          .collect(Collectors.joining());
    }
  }

  /** Puts an element that has only one within it on one line. */
  private static String folded(String xml) {
    return ONLY_CHILD
        .matcher(xml)
        .replaceAll(
            element -> {
              String line = element.group(1) + element.group(3) + "</" + element.group(2) + ">";
              return Matcher.quoteReplacement(line.length() <= WIDTH ? line : element.group());
            });
  }

  /** Returns the comments at the ends of lines, by the node that they belong to. */
  private static Map<String, String> comments(String yaml) {
    Map<String, String> comments = new HashMap<>();
    String node = "";
    for (String line : yaml.lines().toList()) {
      Matcher id = ID.matcher(line);
      node = id.find() ? id.group(1) : node;
      Matcher comment = LINE_COMMENT.matcher(line);
      if (comment.find()) {
        comments.put(node, about(line, id) + comment.group(1));
      }
    }
    return comments;
  }

  private static String about(String line, Matcher id) {
    return id.reset().find() ? "" : line.strip().split(":", 2)[0] + ": ";
  }

  private static String indented(String line) {
    String text = line.strip().replace("&apos;", "'").replace("&gt;", ">");
    return " ".repeat(2 + (line.length() - line.stripLeading().length()) / 2) + text;
  }

  private static String commented(String line, Map<String, String> comments) {
    Matcher id = XML_ID.matcher(line);
    String comment = id.find() ? comments.get(id.group(1)) : null;
    String above =
        comment == null ? "" : " ".repeat(line.indexOf('<')) + "<!-- " + comment + " -->\n";
    return above + wrapped(line) + "\n";
  }

  private static String wrapped(String line) {
    int start = line.indexOf(' ', line.indexOf('<'));
    if (line.length() <= WIDTH || start < 0 || line.indexOf('>') < start) {
      return line;
    }
    Matcher attributes = ATTRIBUTE.matcher(line);
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    int end = 0;
    while (attributes.find()) {
      String attribute = attributes.group();
      if (end == 0) {
        wrapped.append(line, 0, attributes.start());
        column = wrapped.length();
      } else if (column + attribute.length() > WIDTH) {
        wrapped.append('\n').append(" ".repeat(start));
        column = start;
      }
      wrapped.append(broken(attribute, start));
      column += attribute.length();
      end = attributes.end();
    }
    return wrapped + line.substring(end);
  }

  /** Camel drops line breaks and blanks behind the question mark and the ampersands of a uri. */
  private static String broken(String attribute, int start) {
    String lineBreak = "\n" + " ".repeat(start + 6);
    return start + attribute.length() <= WIDTH
        ? attribute
        : attribute.replace("?", "?" + lineBreak).replace("&amp;", "&amp;" + lineBreak);
  }
}
