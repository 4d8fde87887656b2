package io.stepsync.cli.discover;

import io.stepsync.http.ApiFamily;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /** Parameters that pass over as many records. */
  static final List<String> OFFSETS =
      List.of(
          "offset",
          "skip",
          "$skip",
          "start",
          "from",
          "start_at",
          "startAt",
          "start_index",
          "_start");

  /** Parameters that number the parts of a list, the first of them 1. */
  static final List<String> PAGES =
      List.of("page", "page_number", "pageNumber", "page_no", "_page", "p");

  /** Names of an ID, and of nothing that counts: the first record may have ID 1. */
  private static final List<String> OPEN =
      List.of("since_id", "since", "after_id", "after", "min_id", "start_id", "from_id");

  private static final List<String> LIMITS =
      List.of("limit", "per_page", "page_size", "pageSize", "count", "size", "max_results", "top");

  /** The largest size that Elasticsearch and OpenSearch take: windows may be wider than that. */
  private static final int MOST_FOUND = 10_000;

  /** Two parameters, for the first and the last ID. */
  private static RangeNames bounds(String first, String last) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("startParam", first);
    settings.put("endParam", last);
    return new RangeNames(first + " and " + last, settings, true, true);
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
      String query = "q=%s:%%5B{start}%%20TO%%20{end}%%5D&size=%d".formatted(field, MOST_FOUND);
      usual.add(
          new RangeNames(
              "q and size",
              Map.of("query", query, "responseLimit", Integer.toString(MOST_FOUND)),
              true,
              true));
    }
    usual.add(new RangeNames("start_id and end_id", Map.of(), true, true));
    bounds(id).forEach((first, last) -> usual.add(bounds(first, last)));
    usual.add(query(id + "=gte. and lte.", "%1$s=gte.{start}&%1$s=lte.{end}".formatted(field)));
    usual.add(
        query(
            "filter",
            "filter=(%1$s%%3E%%3D{start}%%26%%26%1$s%%3C%%3D{end})&sort=%1$s".formatted(field)));
    OPEN.forEach(first -> usual.add(open(first, LIMITS.get(0))));
    return usual;
  }

  /** Returns the pairs of parameters for the first and the last ID, but the default. */
  private static Map<String, String> bounds(String id) {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("from", "to");
    pairs.put("from_id", "to_id");
    pairs.put("min_id", "max_id");
    pairs.put(id + "__gte", id + "__lte");
    pairs.put(id + "_gte", id + "_lte");
    pairs.put(id + "[gte]", id + "[lte]");
    pairs.put("filter[" + id + "][gte]", "filter[" + id + "][lte]");
    pairs.put(id + ".gte", id + ".lte");
    pairs.put(id + "_from", id + "_to");
    pairs.put(id + "_min", id + "_max");
    pairs.put(id + "_ge", id + "_le");
    pairs.put(id + "[from]", id + "[to]");
    pairs.put(id + "[min]", id + "[max]");
    pairs.put(id + "From", id + "To");
    pairs.put(id + "Min", id + "Max");
    pairs.put("startId", "endId");
    pairs.put("fromId", "toId");
    pairs.put("minId", "maxId");
    pairs.put("first_id", "last_id");
    pairs.put("firstId", "lastId");
    pairs.put("start-id", "end-id");
    pairs.put("start", "end");
    pairs.put("begin", "end");
    pairs.put("first", "last");
    pairs.put("min", "max");
    pairs.put("gte", "lte");
    pairs.put("lower", "upper");
    return pairs;
  }

  /** A parameter for the first ID; answers end at a number of records. */
  private static RangeNames open(String first, String limit) {
    return new RangeNames(
        first + " and " + limit,
        new TreeMap<>(Map.of("startParam", first, "endParam", "", "limitParam", limit)),
        true,
        true);
  }

  /** Returns these names with the other usual names of a limit, if they have one. */
  List<RangeNames> withOtherLimits() {
    String first = settings.get("startParam");
    return first == null || !settings.containsKey("limitParam")
        ? List.of()
        : LIMITS.stream().skip(1).map(limit -> open(first, limit)).toList();
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
