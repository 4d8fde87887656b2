package io.stepsync.cli.discover;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user says of the API that is to be discovered. */
final class DiscoverOptions {

  @Parameters(
      paramLabel = "URL",
      description = "The endpoint; {start}, {end} and {limit} as in a stream.")
  String url;

  @Option(
      names = "--start",
      paramLabel = "ID",
      defaultValue = "1",
      description = "The first ID to ask for, ${DEFAULT-VALUE} if not given.")
  long start;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "How many IDs to ask for; 1000, or 1 where the URL has no end, if not given.")
  Long step;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of stream and table; taken from the URL if not given.")
  String name;

  @Option(
      names = "--start-param",
      paramLabel = "NAME",
      description = "The parameter for the first ID; the usual ones are tried if not given.")
  String startParam;

  @Option(
      names = "--end-param",
      paramLabel = "NAME",
      description = "The parameter for the last ID; empty for none.")
  String endParam;

  @Option(
      names = "--limit-param",
      paramLabel = "NAME",
      description = "The parameter for the number of IDs.")
  String limitParam;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "GET or POST; POST with a body, else GET, if not given.")
  String method;

  @Option(
      names = "--body",
      paramLabel = "TEXT",
      description = "The body of a POST, with {start}, {end} and {limit}.")
  String body;

  @Option(
      names = "--query",
      paramLabel = "QUERY",
      description = "More of the query, with {start}, {end} and {limit}.")
  String query;

  @Option(
      names = "--records",
      paramLabel = "POINTER",
      description = "The JSON Pointer to the records; found if not given.")
  String records;

  @Option(
      names = "--id",
      paramLabel = "FIELD",
      description = "The field that is the ID, or a JSON Pointer to it; found if not given.")
  String id;

  @Option(
      names = "--required",
      description = "Marks the columns that no record of the sample lacks as required.")
  boolean required;

  @Option(
      names = "--plain-route",
      description =
          "Writes the trigger as a route, which visual editors show, not by the template.")
  boolean plainRoute;

  @Option(
      names = "--header",
      paramLabel = "HEADER",
      description = "A header, 'name: value'. The value of one that is secret is not printed.")
  List<String> headers = List.of();

  long step() {
    return step != null ? step : isSingle() ? 1 : 1000;
  }

  /** Tells whether a request asks for one ID, by {start} alone. */
  private boolean isSingle() {
    boolean started = has("{start}") || (startParam != null && !startParam.isEmpty());
    boolean ended = has("{end}") || has("{limit}") || limitParam != null;
    return started && !ended && (endParam == null ? startParam == null : endParam.isEmpty());
  }

  private boolean has(String placeholder) {
    return Stream.of(url, query, body)
        .filter(Objects::nonNull)
        .anyMatch(text -> text.contains(placeholder));
  }

  String method() {
    return method != null ? method : body == null ? "GET" : "POST";
  }

  /** Tells whether it is said how the API is asked for a range. */
  boolean tellRange() {
    return has("{start}")
        || has("{end}")
        || !"GET".equals(method())
        || startParam != null
        || endParam != null
        || limitParam != null;
  }
}
