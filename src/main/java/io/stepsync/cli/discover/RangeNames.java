package io.stepsync.cli.discover;

import io.stepsync.http.ApiFamily;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an API is asked for a range of IDs.
 *
 * <p>Immutable.
 *
 * @param told what it is called to people
 * @param settings the settings of a stream that say so, but for bounds that are not asked for
 *     themselves
 * @param startInclusive whether the first ID is asked for itself
 * @param endInclusive whether the last ID is asked for itself
 */
record RangeNames(
    String told, Map<String, String> settings, boolean startInclusive, boolean endInclusive) {

  /** What counts records, and not IDs. */
  private static final String COUNTING =
      "(?i)page|page_?(no|num|number)?|\\$?skip|offset|start_?at|start_?index|cursor|_start|_page";

  /** Two parameters, for the first and the last ID. */
  private static RangeNames bounds(String first, String last) {
    return new RangeNames(
        first + " and " + last, Map.of("startParam", first, "endParam", last), true, true);
  }

  private static RangeNames query(String told, String query) {
    return new RangeNames(told, Map.of("query", query), true, true);
  }

  /** What was said of it, or the default. */
  static RangeNames said(DiscoverOptions options) {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "startParam", options.startParam);
    put(settings, "endParam", options.endParam);
    put(settings, "limitParam", options.limitParam);
    return new RangeNames("what was said", settings, true, true);
  }

  private static void put(Map<String, String> settings, String name, String value) {
    if (value != null) {
      settings.put(name, value);
    }
  }

  /**
   * Returns the usual ways, the most usual first.
   *
   * @param id the name of the field that is the ID
   */
  static List<RangeNames> usual(String id, ApiFamily family) {
    String field = URLEncoder.encode(id, StandardCharsets.UTF_8);
    List<RangeNames> usual = new ArrayList<>();
    if (family == ApiFamily.ODATA) {
      usual.add(
          query(
              "$filter",
              "$filter=%1$s%%20ge%%20{start}%%20and%%20%1$s%%20le%%20{end}&$orderby=%1$s"
                  .formatted(field)));
    }
    if (family == ApiFamily.SEARCH) {
      usual.add(
          query("q and size", "q=%s:%%5B{start}%%20TO%%20{end}%%5D&size={limit}".formatted(field)));
    }
    usual.add(new RangeNames("start_id and end_id", Map.of(), true, true));
    usual.add(bounds("from", "to"));
    usual.add(bounds("from_id", "to_id"));
    usual.add(bounds("min_id", "max_id"));
    usual.add(bounds(id + "__gte", id + "__lte"));
    usual.add(bounds(id + "_gte", id + "_lte"));
    usual.add(bounds(id + "[gte]", id + "[lte]"));
    usual.add(query(id + "=gte. and lte.", "%1$s=gte.{start}&%1$s=lte.{end}".formatted(field)));
    usual.add(
        query(
            "filter",
            "filter=(%1$s%%3E%%3D{start}%%26%%26%1$s%%3C%%3D{end})&sort=%1$s".formatted(field)));
    usual.add(
        new RangeNames(
            "since_id and limit",
            Map.of("startParam", "since_id", "endParam", "", "limitParam", "limit"),
            false,
            true));
    return usual;
  }

  /** Returns these names, for an API that leaves out a bound. */
  RangeNames without(boolean first, boolean last) {
    return new RangeNames(told, settings, startInclusive && !first, endInclusive && !last);
  }

  /** Tells whether a parameter counts records, and not IDs: its windows move with each record. */
  static boolean isCounting(String parameter) {
    return parameter != null && parameter.matches(COUNTING);
  }

  /** Adds the settings to those of a stream. */
  void addTo(Map<String, String> stream) {
    settings.forEach(
        (name, value) ->
            stream.merge(name, value, (one, other) -> one + "&" + other)); // more of a query
    if (!startInclusive) {
      stream.put("startInclusive", "false");
    }
    if (!endInclusive) {
      stream.put("endInclusive", "false");
    }
  }
}
