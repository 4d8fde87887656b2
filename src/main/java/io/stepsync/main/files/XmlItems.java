package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.http.ShownText;
import io.stepsync.main.files.RouteItem.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what an XML route file defines. Nothing outside the file is looked at. */
final class XmlItems {

  private static final String COLUMNS = "columns.";

  private static final Set<String> ROOTS =
      Set.of(
          "beans",
          "blueprint",
          "camel",
          "dataFormat",
          "dataFormats",
          "rest",
          "rests",
          "route",
          "routeConfiguration",
          "routeConfigurations",
          "routeTemplate",
          "routeTemplates",
          "routes",
          "templatedRoute",
          "templatedRoutes");

  /** An encoding that the file itself names. */
  private static final Pattern OTHER_ENCODING =
      Pattern.compile("^\\s*<\\?xml[^>]*encoding\\s*=\\s*.(?!(?i:utf-8))");

  private final Path file;
  private final XMLStreamReader reader;
  private final List<RouteItem> items = new ArrayList<>();
  private final Deque<String> properties = new ArrayDeque<>();
  private boolean inTemplate;
  private int line = 1;

  private XmlItems(Path file) throws XMLStreamException {
    this.file = file;
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes(file)));
  }

  private static byte[] bytes(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return OTHER_ENCODING.matcher(text).find()
          ? bytes
          : RouteText.of(file).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws SettingException naming file and line, if the file is not XML, or its root is none that
   *     Camel knows
   */
  static List<RouteItem> in(Path file) {
    try {
      XmlItems read = new XmlItems(file);
      read.checkRoot();
      return read.items();
    } catch (XMLStreamException e) {
      throw new SettingException(
          file + ":" + e.getLocation().getLineNumber() + " must be XML, was " + problem(e), e);
    }
  }

  /** Returns the line of the first element of this name, or that has such an attribute. */
  static OptionalInt lineOf(Path file, String name) {
    try {
      XmlItems read = new XmlItems(file);
      while (read.next() != XMLStreamConstants.END_DOCUMENT) {
        if (read.reader.isStartElement()
            && (read.reader.getLocalName().equals(name) || read.attribute(name) != null)) {
          return OptionalInt.of(read.line);
        }
      }
      return OptionalInt.empty();
    } catch (XMLStreamException e) {
      return OptionalInt.empty();
    }
  }

  /** Returns all texts of a file, each with the line of its element. */
  static List<Part> texts(Path file) {
    List<Part> texts = new ArrayList<>();
    try {
      XmlItems read = new XmlItems(file);
      while (read.reader.hasNext()) {
        int event = read.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          for (int i = 0; i < read.reader.getAttributeCount(); i++) {
            texts.add(new Part(read.reader.getAttributeValue(i), read.line));
          }
        } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
          texts.add(new Part(read.reader.getText(), read.line));
        }
      }
    } catch (XMLStreamException e) {
      return texts; // which is told already
    }
    return texts;
  }

  /** The JDK's messages have the place in a line of its own above. */
  private static String problem(XMLStreamException failure) {
    return ShownText.harmless(
        failure
            .getMessage()
            .replaceAll("(?s).*\\nMessage: ", "")
            .replaceFirst(
                "http://www.w3.org/\\S*#AttributeNotUnique\\?(\\w+)&(\\w+)",
                "the attribute $2 of $1, twice"));
  }

  /** An event begins where the one before it ended. */
  private int next() throws XMLStreamException {
    line = Math.max(1, reader.getLocation().getLineNumber());
    return reader.next();
  }

  /** Camel leaves a file with another root out, without a word. */
  private void checkRoot() throws XMLStreamException {
    int event = next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      event = next();
    }
    if (!ROOTS.contains(reader.getLocalName())) {
      throw new SettingException(
          file + ": the root element must be camel, was " + reader.getLocalName());
    }
    start(reader.getLocalName());
  }

  private List<RouteItem> items() throws XMLStreamException {
    while (reader.hasNext()) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        start(reader.getLocalName());
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        end(reader.getLocalName());
      }
    }
    return items;
  }

  private void start(String element) {
    switch (element) {
      case "bean" -> {
        if (properties.isEmpty()) {
          requireAttribute("name");
          add("bean", "name");
          part("type", attribute("type"));
        }
      }
      case "property" -> property(attribute("key"));
      case "parameter" -> part(String.valueOf(attribute("name")), attribute("value"));
      case "templatedRoute" -> {
        add("templatedRoute", "routeId");
        part("routeTemplateRef", attribute("routeTemplateRef"));
      }
      case "route" -> {
        if (!inTemplate) {
          add("route", "id");
        }
      }
      case "from" -> {
        String stream = inTemplate ? null : RouteItem.triggered(attribute("uri"));
        if (stream != null) {
          part("stream", stream);
          part("schedule", attribute("uri"));
        }
      }
      case "routeTemplate" -> {
        inTemplate = true;
        add("routeTemplate", "id");
      }
      case "routeConfiguration" -> add("routeConfiguration", "id");
      default -> {}
    }
  }

  /** Camel would tell a null, and no place. */
  private void requireAttribute(String name) {
    boolean mistyped = reader.getAttributeCount() > 1; // which Camel tells
    if (attribute(name) == null && !mistyped) {
      throw new SettingException("%s:%d: a bean must have a %s".formatted(file, line, name));
    }
  }

  private void end(String element) {
    if (element.equals("property")) {
      properties.removeLast();
    } else if (element.equals("routeTemplate")) {
      inTemplate = false;
    }
  }

  private void add(String kind, String attribute) {
    items.add(
        new RouteItem(
            kind, attribute(attribute), file, line, new ArrayList<>(), RouteItem.noParts()));
  }

  private void property(String key) {
    properties.addLast(String.valueOf(key));
    String path = String.join(".", properties);
    if (!items.isEmpty() && last().parts().containsKey(path) && attribute("value") != null) {
      throw new SettingException(
          "%s:%d must have each key once, was %s, which is on line %d too"
              .formatted(file, line, path, last().parts().get(path).line()));
    }
    part(path, attribute("value"));
    if (path.startsWith(COLUMNS) && !items.isEmpty()) {
      last().columns().add(path.substring(COLUMNS.length()));
    }
    if (path.equals("columns") && attribute("value") != null && !items.isEmpty()) {
      RouteItem.addColumns(last().parts(), attribute("value"), line);
    }
  }

  private void part(String name, String value) {
    if (!items.isEmpty()) {
      Map<String, Part> parts = last().parts();
      parts.put(name, new Part(value, line));
    }
  }

  private RouteItem last() {
    return items.get(items.size() - 1);
  }

  private String attribute(String name) {
    return reader.getAttributeValue(null, name);
  }
}
