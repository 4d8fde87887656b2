package io.stepsync.ops.page;

import java.util.Map;
import org.apache.camel.console.DevConsole;
import org.apache.camel.util.json.JsonObject;

/** Stands for a console of Camel's that is not to be seen. */
record ClosedConsole(String id) implements DevConsole {

  @Override
  public String getGroup() {
    return "camel";
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public String getDisplayName() {
    return id;
  }

  @Override
  public String getDescription() {
    return "Not open in stepsync";
  }

  @Override
  public boolean supportMediaType(MediaType mediaType) {
    return true;
  }

  @Override
  public Object call(MediaType mediaType, Map<String, Object> options) {
    return mediaType == MediaType.JSON ? new JsonObject() : "";
  }
}
