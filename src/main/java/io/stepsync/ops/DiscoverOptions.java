package io.stepsync.ops;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user says of the API that is to be discovered. */
final class DiscoverOptions {

  @Parameters(paramLabel = "URL", description = "The endpoint; {start} and {end} as in a stream.")
  String url;

  @Option(names = "--start", defaultValue = "1", description = "The first ID to ask for.")
  long start;

  @Option(names = "--step", defaultValue = "1000", description = "How many IDs to ask for.")
  long step;

  @Option(names = "--name", description = "The stream's and the table's name; of the URL's path.")
  String name;

  @Option(names = "--start-param", description = "The parameter for the first ID, start_id.")
  String startParam;

  @Option(names = "--end-param", description = "The parameter for the last ID, end_id.")
  String endParam;

  @Option(names = "--records", description = "The JSON Pointer to the records; found if not given.")
  String records;

  @Option(names = "--id", description = "The field that is the ID; found if not given.")
  String id;

  @Option(
      names = "--header",
      description = "A header, 'name: value'. The value of one that is secret is not printed.")
  List<String> headers = List.of();
}
