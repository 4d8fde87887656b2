package io.stepsync.ops;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what an XML route file defines. Nothing outside the file is looked at. */
final class XmlItems {

  private static final String COLUMNS = "columns.";

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

  /** Returns nothing where the text is not XML: Camel's loader tells the line. */
  static List<RouteItem> read(InputStream text) {
    try {
      return new XmlItems(text).items();
    } catch (XMLStreamException e) {
      return List.of();
    }
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
