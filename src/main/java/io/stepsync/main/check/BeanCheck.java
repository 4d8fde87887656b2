package io.stepsync.main.check;

import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/**
 * Refuses classes, beans and methods that routes name and that are not there. What a parameter of a
 * template or an expression names is not known before the routes run.
 */
final class BeanCheck {

  private final CamelContext context;
  private final UnaryOperator<String> resolved;

  /**
   * @param resolved puts the values of placeholders in a text
   */
  BeanCheck(CamelContext context, UnaryOperator<String> resolved) {
    this.context = context;
    this.resolved = resolved;
  }

  /**
   * Checks what is called, by its type or else by its name.
   *
   * @param type null for none
   * @param ref null for none
   * @param method null for one that Camel finds
   */
  void called(String place, String type, String ref, String method) {
    if (type != null) {
      requireMethod(place, requireClass(place, "beanType", type), method);
    } else {
      Object bean = reference(place, ref);
      requireMethod(place, bean == null ? null : bean.getClass(), method);
    }
  }

  /** Returns the class; null where a placeholder of Camel's stands for it. */
  Class<?> requireClass(String place, String name, String type) {
    String resolvedType = resolved.apply(type);
    Class<?> found = context.getClassResolver().resolveClass(resolvedType);
    if (found == null && !resolvedType.contains("$")) {
      throw new SettingException(
          "%s: %s must be a class that is there, was %s".formatted(place, name, type));
    }
    return found;
  }

  /**
   * @param type null where it is not known
   */
  void requireMethod(String place, Class<?> type, String method) {
    if (type == null || method == null || method.contains("{{") || method.contains("$")) {
      return;
    }
    String name = method.split("\\(", 2)[0].strip();
    Set<String> names = new HashSet<>();
    for (Method each : type.getMethods()) {
      names.add(each.getName());
    }
    if (!names.contains(name)) {
      throw new SettingException(
          "%s: method must be one of %s, was %s%s"
              .formatted(place, type.getName(), name, Suggestion.of(name, names)));
    }
  }

  /** Returns the bean, or null where it is none of a plain name. */
  Object reference(String place, String text) {
    if (text == null) {
      return null;
    }
    String ref = resolved.apply(text);
    if (ref.startsWith("#class:")) {
      String type = ref.substring("#class:".length()).split("[(]", 2)[0].split("#", 2)[0];
      if (context.getClassResolver().resolveClass(type) == null) {
        throw new SettingException(place + ": ref must be a class that is there, was " + ref);
      }
      return null;
    }
    String name = ref.replaceFirst("^#(bean:)?", "");
    if (name.startsWith("type:") || name.contains("$") || name.contains("{{")) {
      return null;
    }
    Object found = context.getRegistry().lookupByName(name);
    if (found == null && context.getClassResolver().resolveClass(name) == null) {
      throw new SettingException(place + ": there is no bean " + name);
    }
    return found;
  }
}
