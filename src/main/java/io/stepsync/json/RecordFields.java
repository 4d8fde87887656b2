package io.stepsync.json;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The fields of a record that lie at none of some places, and in none of them. Of an object in
 * which a place lies its other fields count.
 *
 * <p>Thread-safe.
 */
public final class FieldsBeside {

  private static final int MOST_SHOWN = 20;
  private static final int MOST_KEPT = 1000;

  private final Node root = new Node();

  /** A part of a place; without fields it is a whole one. */
  private static final class Node {
    private final Map<String, Node> fields = new HashMap<>();

    /** What other fields are called, which each record may have. */
    private final Map<String, String> others = new ConcurrentHashMap<>();

    private boolean isPlace;
  }

  public FieldsBeside(Collection<JsonPlace> places) {
    for (JsonPlace place : places) {
      Node node = root;
      for (String name : place.names()) {
        node = node.fields.computeIfAbsent(name, unknown -> new Node());
      }
      node.isPlace = true;
    }
  }

  /**
   * Adds the names of the fields of {@code record}, or the pointers of those in other objects, that
   * have a value.
   *
   * @param most how many {@code names} may have
   */
  public void addOf(Map<String, Object> record, Set<String> names, int most) {
    add(record, root, JsonPointer.empty(), names, most);
  }

  private static void add(
      Map<?, ?> object, Node node, JsonPointer at, Set<String> names, int most) {
    for (Map.Entry<?, ?> field : object.entrySet()) {
      Node known = node.fields.get(field.getKey());
      if (known == null) {
        if (field.getValue() != null && names.size() < most) {
          names.add(name(node, at, (String) field.getKey()));
        }
      } else if (!known.isPlace && field.getValue() instanceof Map<?, ?> inner) {
        add(inner, known, at.appendProperty((String) field.getKey()), names, most);
      }
    }
  }

  private static String name(Node node, JsonPointer at, String field) {
    String known = node.others.get(field);
    if (known != null) {
      return known;
    }
    String name = new JsonPlace(at.appendProperty(field)).toString();
    if (node.others.size() < MOST_KEPT) {
      node.others.put(field, name);
    }
    return name;
  }

  /** Returns what is told of fields that nothing takes: how many they are, and the first names. */
  public static String told(Set<String> names) {
    String more = names.size() > MOST_SHOWN ? ", …" : "";
    return (names.size() == 1 ? "1 field is" : names.size() + " fields are")
        + " not copied: "
        + names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
        + more;
  }
}
