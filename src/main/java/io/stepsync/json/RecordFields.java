package io.stepsync.json;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The fields of a record: those at some places are copied, and the others lie beside them. Of an
 * object in which a place lies its other fields count.
 *
 * <p>Thread-safe.
 */
public final class RecordFields {

  private static final int MOST_SHOWN = 20;
  private static final int MOST_KEPT = 1000;

  final Node root = new Node(JsonPointer.empty());

  /** A part of a place, or a whole one. */
  static final class Node {
    private final JsonPointer pointer;
    final Map<String, Node> fields = new HashMap<>();

    /** What is read here and below. */
    final List<Value> values = new ArrayList<>();

    /** What other fields are called, which each record may have. */
    private final Map<String, String> others = new ConcurrentHashMap<>();

    boolean isCopied;
    boolean hasCopied;

    private Node(JsonPointer pointer) {
      this.pointer = pointer;
    }

    private Node field(String name) {
      return fields.computeIfAbsent(name, unknown -> new Node(pointer.appendProperty(name)));
    }

    String nameOf(String field) {
      String known = others.get(field);
      if (known != null) {
        return known;
      }
      String name = new JsonPlace(pointer.appendProperty(field)).toString();
      if (others.size() < MOST_KEPT) {
        others.put(field, name);
      }
      return name;
    }
  }

  /** A value of a record, by its index, and where it lies in that of a node. */
  record Value(int index, JsonPlace place) {}

  private int places;

  /**
   * @param copied the places of what is copied
   */
  public RecordFields(List<JsonPlace> copied) {
    copied.forEach(place -> add(place, true));
  }

  /**
   * @param copied the places of what is copied
   * @param read that of what is read besides
   */
  public RecordFields(List<JsonPlace> copied, JsonPlace read) {
    this(copied);
    add(read, false);
  }

  /** Returns how many places there are. */
  int places() {
    return places;
  }

  private void add(JsonPlace place, boolean copied) {
    int index = places++;
    Node node = root;
    for (JsonPointer at = place.pointer(); !at.matches(); at = at.tail()) {
      node = node.field(at.getMatchingProperty());
      node.values.add(new Value(index, new JsonPlace(at.tail())));
      node.hasCopied |= copied;
    }
    node.isCopied |= copied;
  }

  /**
   * Adds the names of the fields of {@code record} that are not copied, or the pointers of those in
   * other objects, if they have a value.
   *
   * @param most how many {@code names} may have
   */
  public void addBeside(Map<String, Object> record, Set<String> names, int most) {
    add(record, root, names, most);
  }

  private static void add(Map<?, ?> object, Node node, Set<String> names, int most) {
    for (Map.Entry<?, ?> field : object.entrySet()) {
      Node known = node.fields.get(field.getKey());
      if (known == null || !known.hasCopied) {
        if (field.getValue() != null && names.size() < most) {
          names.add(node.nameOf((String) field.getKey()));
        }
      } else if (!known.isCopied && field.getValue() instanceof Map<?, ?> inner) {
        add(inner, known, names, most);
      }
    }
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
