package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.http.ShownText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
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

  private final XMLStreamReader reader;
  private final List<RouteItem> items = new ArrayList<>();
  private final Deque<String> properties = new ArrayDeque<>();
  private boolean inTemplate;

  private XmlItems(InputStream text) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    reader = factory.createXMLStreamReader(text);
  }

  /**
   * @throws SettingException if the file is not XML, or its root is none that Camel knows
   */
  static List<RouteItem> in(Path file) throws IOException {
    try (InputStream text = Files.newInputStream(file)) {
      XmlItems read = new XmlItems(text);
      read.checkRoot(file);
      return read.items();
    } catch (XMLStreamException e) {
      throw new SettingException(
          file + ":" + e.getLocation().getLineNumber() + " must be XML, was " + problem(e), e);
    }
  }

  /** The JDK's messages have the place in a line of its own above. */
  private static String problem(XMLStreamException failure) {
    return ShownText.harmless(failure.getMessage().replaceAll("(?s).*\\nMessage: ", ""));
  }

  /** Camel leaves a file with another root out, without a word. */
  private void checkRoot(Path file) throws XMLStreamException {
    int event = reader.next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      event = reader.next();
    }
    if (!ROOTS.contains(reader.getLocalName())) {
      throw new SettingException(
          file + ": the root element must be camel, was " + reader.getLocalName());
    }
    start(reader.getLocalName());
  }

  private List<RouteItem> items() throws XMLStreamException {
    while (reader.hasNext()) {
      int event = reader.next();
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
      case "bean" -> add("bean", "name");
      case "property" -> property(attribute("key"));
      case "templatedRoute" -> add("route", "routeId");
      case "route" -> {
        if (!inTemplate) {
          add("route", "id");
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

  private void end(String element) {
    if (element.equals("property")) {
      properties.removeLast();
    } else if (element.equals("routeTemplate")) {
      inTemplate = false;
    }
  }

  private void add(String kind, String attribute) {
    String name = attribute(attribute);
    if (name != null) {
      items.add(new RouteItem(kind, name, new ArrayList<>()));
    }
  }

  private void property(String key) {
    properties.addLast(String.valueOf(key));
    String path = String.join(".", properties);
    if (path.startsWith(COLUMNS) && !items.isEmpty()) {
      items.get(items.size() - 1).columns().add(path.substring(COLUMNS.length()));
    }
  }

  private String attribute(String name) {
    return reader.getAttributeValue(null, name);
  }
}
