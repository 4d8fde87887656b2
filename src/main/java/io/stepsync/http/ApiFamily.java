package io.stepsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What kind of API gave an answer, as far as that can be seen. */
public enum ApiFamily {
  /** OData: its context, its {@code value} or its {@code d} tell. */
  ODATA,
  /** Elasticsearch or OpenSearch: {@code hits} in {@code hits}. */
  SEARCH,
  /** Lists that are counted: a link to the next part, a page or an offset. */
  PAGED,
  /** None of them. */
  OTHER;

  private static final Pattern PAGE =
      Pattern.compile("[?&](page|page_?(no|num|number)|offset|skip|cursor|\\$skip)=");

  private static final Pattern COUNT =
      Pattern.compile("page|page_?(no|num|number)|offset|skip|total_?pages|cursor|next_?cursor");

  /**
   * Returns the family of an answer.
   *
   * @throws AnswerException if it is no JSON
   */
  public static ApiFamily of(Answer answer) {
    JsonNode root = tree(answer);
    if (root.has("@odata.context")
        || root.has("odata.metadata")
        || root.path("value").isArray()
        || root.path("d").isContainerNode()) {
      return ODATA;
    }
    if (root.at("/hits/hits").isArray()) {
      return SEARCH;
    }
    return isPaged(root) ? PAGED : OTHER;
  }

  private static boolean isPaged(JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      String name = field.getKey().toLowerCase(Locale.ROOT);
      boolean counted = value.isValueNode() && !value.isNull() && COUNT.matcher(name).matches();
      if (counted
          || (value.isTextual() && PAGE.matcher(value.textValue()).find())
          || (value.isObject() && isPaged(value))) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode tree(Answer answer) {
    try {
      return answer.tree();
    } catch (IOException e) {
      throw new AnswerException("the answer is no valid JSON", e);
    }
  }
}
