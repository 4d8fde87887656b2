package io.stepsync.cli.discover;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user says of the API that is to be discovered. */
final class DiscoverOptions {

  @Parameters(paramLabel = "URL", description = "The endpoint; {start} and {end} as in a stream.")
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
      defaultValue = "1000",
      description = "How many IDs to ask for, ${DEFAULT-VALUE} if not given.")
  long step;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of stream and table; taken from the URL if not given.")
  String name;

  @Option(
      names = "--start-param",
      paramLabel = "NAME",
      description = "The parameter for the first ID, start_id if not given.")
  String startParam;

  @Option(
      names = "--end-param",
      paramLabel = "NAME",
      description = "The parameter for the last ID, end_id if not given.")
  String endParam;

  @Option(
      names = "--records",
      paramLabel = "POINTER",
      description = "The JSON Pointer to the records; found if not given.")
  String records;

  @Option(
      names = "--id",
      paramLabel = "FIELD",
      description = "The field that is the ID; found if not given.")
  String id;

  @Option(
      names = "--header",
      paramLabel = "HEADER",
      description = "A header, 'name: value'. The value of one that is secret is not printed.")
  List<String> headers = List.of();
}
