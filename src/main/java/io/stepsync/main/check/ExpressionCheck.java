package io.stepsync.main.check;

import io.stepsync.SettingException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.CamelContext;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.model.language.TokenizerExpression;
import org.apache.camel.spi.Language;

/** Refuses expressions that Camel cannot read, and languages that are not there. */
final class ExpressionCheck {

  /** Stands for a parameter of a template; it can be read as a part of any expression. */
  static final String UNKNOWN = "${body}";

  private final CamelContext context;
  private final UnaryOperator<String> resolved;
  private final BeanCheck beans;

  /**
   * @param resolved puts the values of placeholders in a text
   */
  ExpressionCheck(CamelContext context, UnaryOperator<String> resolved, BeanCheck beans) {
    this.context = context;
    this.resolved = resolved;
    this.beans = beans;
  }

  void check(String place, ExpressionDefinition definition, boolean predicate) {
    String name = definition.getLanguage();
    if (definition instanceof TokenizerExpression tokenizer) {
      tokenizer(place, tokenizer);
    }
    if (definition.getExpression() == null || definition.getExpression().startsWith("resource:")) {
      return;
    }
    if (definition instanceof MethodCallExpression call) {
      String ref = call.getInstance() == null ? call.getRef() : null;
      beans.called(place, call.getBeanTypeName(), ref, call.getMethod());
    }
    try {
      Language language = context.resolveLanguage(name);
      String text = resolved.apply(definition.getExpression());
      boolean known = text.equals(definition.getExpression()) || !text.contains(UNKNOWN);
      if (name.equals("simple") && known) {
        Object unused =
            predicate ? language.createPredicate(text) : language.createExpression(text);
      }
    } catch (NoSuchLanguageException e) {
      throw new SettingException(place + ": there is no language " + name, e);
    } catch (ExpressionIllegalSyntaxException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new SettingException(
          "%s: %s must be an expression, was %s: %s"
              .formatted(place, name, definition.getExpression(), message),
          e);
    }
  }

  private void tokenizer(String place, TokenizerExpression tokenizer) {
    String token = tokenizer.getToken() == null ? "" : resolved.apply(tokenizer.getToken());
    if (token.isEmpty()) {
      throw new SettingException(place + ": tokenize must have a token, such as a comma");
    }
    if ("true".equals(tokenizer.getRegex()) && !token.contains("$")) {
      try {
        Object unused = Pattern.compile(token);
      } catch (PatternSyntaxException e) {
        throw new SettingException(
            "%s: token must be a regular expression, was %s: %s"
                .formatted(place, token, e.getDescription()),
            e);
      }
    }
  }
}
