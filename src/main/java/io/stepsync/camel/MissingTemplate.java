package io.stepsync.camel;

import io.stepsync.SettingException;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteTemplateDefinition;

/**
 * Stands in for the template step-size-sync until that is loaded: a stream that comes to it is
 * refused with what to do, as the jar's routes were left out. Thread-safe.
 */
final class MissingTemplate extends ModelLifecycleStrategySupport {

  private final Model model;
  private final RouteTemplateDefinition standIn = new RouteTemplateDefinition();

  private MissingTemplate(Model model) {
    this.model = model;
    standIn.id(LaneTriggers.TEMPLATE);
    standIn.from("direct:stepsync-missing");
    standIn.configure(
        template -> {
          throw refusal();
        });
  }

  /**
   * Begins to stand in, in a context whose routes are not loaded yet. One that is still being
   * constructed, as a plain context is, has no templates so far, and finds no routes by itself.
   */
  static void standIn(CamelContext context) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    if (model == null) {
      return;
    }
    MissingTemplate missing = new MissingTemplate(model);
    model.getRouteTemplateDefinitions().add(missing.standIn);
    model.addModelLifecycleStrategy(missing);
  }

  /** Returns what is said to a stream in a context that lacks stepsync's routes. */
  static SettingException refusal() {
    return new SettingException(
        "stepsync's routes must be in the Camel context: a routesIncludePattern of its own must"
            + " have classpath:camel-template/* too, and to a plain context"
            + " StepsyncRoutes.addTo(context) adds them");
  }

  @Override
  public void onAddRouteTemplateDefinition(RouteTemplateDefinition template) {
    if (LaneTriggers.TEMPLATE.equals(template.getId())) {
      model.getRouteTemplateDefinitions().remove(standIn);
    }
  }
}
