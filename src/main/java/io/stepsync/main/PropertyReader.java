package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.main.files.LoadFailure;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/** Reads the keys of application.properties, and says which is wrong. */
final class PropertyReader {

  private final CamelContext context;

  PropertyReader(CamelContext context) {
    this.context = context;
  }

  /**
   * @throws SettingException if the key is not set at all; it may be empty
   */
  String text(String key) {
    return context.getPropertiesComponent().resolveProperty(key).orElseThrow(() -> missing(key));
  }

  /** The key may be there with a placeholder that cannot be filled. */
  private SettingException missing(String key) {
    try {
      String unused = context.resolvePropertyPlaceholders("{{" + key + "}}");
    } catch (IllegalArgumentException e) {
      String told = LoadFailure.of(e).getMessage();
      if (!told.contains("the key " + key + " ")) {
        return new SettingException(key + " must have what it names: " + told, e);
      }
    }
    return new SettingException(key + " must be set");
  }

  boolean flag(String key) {
    String text = text(key);
    if (!text.equals("true") && !text.equals("false")) {
      throw new SettingException(key + " must be true or false, was " + text);
    }
    return text.equals("true");
  }

  <T extends Number> T number(String key, Function<String, T> parse) {
    try {
      return parse.apply(text(key).strip());
    } catch (NumberFormatException e) {
      throw new SettingException(key + " must be a number, was " + text(key), e);
    }
  }
}
