package io.stepsync.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The results as JSON, every round with them. */
public final class JsonReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /** Returns the JSON text. */
  public static String of(Conditions conditions, Results results) throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode();
    json.set("conditions", JSON.valueToTree(conditions));
    json.put("reference", results.reference());
    ObjectNode rivals = json.putObject("rivals");
    for (String rival : results.rivals()) {
      ObjectNode node = rivals.putObject(rival);
      node.set("rowsPerSecond", JSON.valueToTree(results.rate(rival)));
      node.set("rounds", JSON.valueToTree(results.rates(rival).stream().map(Math::round).toList()));
      results
          .ratio(rival)
          .ifPresent(ratio -> node.set("referenceTimesAsFast", JSON.valueToTree(ratio)));
    }
    json.set("skipped", JSON.valueToTree(results.skipped()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }
}
