package io.stepsync.main;

import io.stepsync.Stream;
import io.stepsync.camel.LaneTriggers;
import io.stepsync.camel.StreamCheck;
import io.stepsync.camel.StreamEdit;
import io.stepsync.camel.Trigger;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceAware;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;

/** Replaces what some route files brought into a running Camel context. */
final class RouteReplacement {

  private final CamelContext context;
  private final Model model;

  RouteReplacement(CamelContext context) {
    this.context = context;
    this.model = model(context);
  }

  private static Model model(CamelContext context) {
    return context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /** Returns the names of the streams that {@code context} has from these files. */
  static List<String> streams(CamelContext context, Set<String> locations) {
    return model(context).getCustomBeans().stream()
        .filter(bean -> isFrom(bean, locations) && bean.getType().endsWith(Stream.class.getName()))
        .map(BeanFactoryDefinition::getName)
        .toList();
  }

  private static boolean isFrom(ResourceAware part, Set<String> locations) {
    Resource resource = part.getResource();
    return resource != null && locations.contains(resource.getLocation());
  }

  /**
   * Takes out all that is from these files, and loads what they are in {@code contents}. Runs of
   * their streams are let end behind their window; if it fails, parts may be missing.
   */
  void replace(Set<String> locations, RouteContents contents) throws Exception {
    List<String> streams = streams(context, locations);
    try (StreamEdit edit = new StreamEdit(context, streams)) {
      List<RouteDefinition> triggers = Trigger.routes(context, streams);
      edit.awaitRuns(triggers.stream().map(RouteDefinition::getRouteId).toList());
      model.removeRouteDefinitions(triggers);
      remove(locations);
      if (locations.containsAll(contents.files().keySet())) {
        model.getRouteConfigurationDefinitions().clear();
      }
      load(contents.resources(context, locations));
      StreamCheck.checkWithDatabase(context);
      LaneTriggers.add(context);
    }
  }

  private void remove(Set<String> locations) throws Exception {
    model.removeRouteDefinitions(
        model.getRouteDefinitions().stream().filter(route -> isFrom(route, locations)).toList());
    model.getRouteTemplateDefinitions().removeIf(template -> isFrom(template, locations));
    for (BeanFactoryDefinition<?> bean : List.copyOf(model.getCustomBeans())) {
      if (isFrom(bean, locations)) {
        context.getRegistry().unbind(bean.getName());
        model.getCustomBeans().remove(bean);
      }
    }
  }

  /** What {@link RoutesLoader#loadRoutes} does, but for route configurations that there are. */
  private void load(List<Resource> files) throws Exception {
    Collection<RoutesBuilder> builders = freshLoader().findRoutesBuilders(files);
    for (RoutesBuilder builder : builders) {
      if (builder instanceof RouteConfigurationsBuilder configurations) {
        configurations.updateRouteConfigurationsToCamelContext(context);
      }
    }
    for (RoutesBuilder builder : builders) {
      context.addRoutes(builder);
    }
    for (RoutesBuilder builder : builders) {
      context.addTemplatedRoutes(builder);
    }
  }

  /** A loader remembers the beans of a file that it did not come to the end of. */
  private RoutesLoader freshLoader() {
    RoutesLoader loader = PluginHelper.getRoutesLoader(context);
    ServiceHelper.stopService(loader);
    ServiceHelper.startService(loader);
    return loader;
  }
}
