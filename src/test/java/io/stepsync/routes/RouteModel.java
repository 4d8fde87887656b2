package io.stepsync.routes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** What a route file is to Camel. Nothing is started. */
final class RouteModel implements AutoCloseable {

  /** A number that Camel counts up. */
  private static final Pattern COUNTED = Pattern.compile(" nodePrefixId=\"route-\\d+\"");

  private final CamelContext context = new DefaultCamelContext();

  /** Loads files into one context. */
  RouteModel(Collection<Path> files) throws Exception {
    for (Path file : files) {
      load(ResourceHelper.resolveResource(context, "file:" + file));
    }
  }

  /** Loads the text of a route file; its name tells its language. */
  RouteModel(String name, String text) throws Exception {
    load(ResourceHelper.fromString(name, text));
  }

  private void load(Resource resource) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(resource);
  }

  CamelContext context() {
    return context;
  }

  /** Returns configurations, templates and routes, each as Camel writes it in XML. */
  List<String> xml() throws Exception {
    ModelToXMLDumper dumper = PluginHelper.getModelToXMLDumper(context);
    List<String> xml = new ArrayList<>();
    for (NamedNode definition : definitions()) {
      xml.add(COUNTED.matcher(dumper.dumpModelAsXml(context, definition)).replaceAll(""));
    }
    return xml;
  }

  private List<NamedNode> definitions() {
    Model model = model();
    List<NamedNode> definitions = new ArrayList<>(model.getRouteConfigurationDefinitions());
    for (RouteTemplateDefinition template : model.getRouteTemplateDefinitions()) {
      withCatches(template.getRoute().getOutputs());
      definitions.add(template);
    }
    for (RouteDefinition route : model.getRouteDefinitions()) {
      withCatches(route.getOutputs());
      definitions.add(route);
    }
    return definitions;
  }

  /** Returns what was given to templates, a map for each route. */
  List<Map<String, Object>> templateParameters() {
    return model().getRouteDefinitions().stream()
        .filter(RouteDefinition::isCreatedFromTemplate)
        .map(RouteDefinition::getTemplateParameters)
        .toList();
  }

  private Model model() {
    return context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /** YAML's loader keeps the clauses of a doTry where the dumper does not look. */
  private static void withCatches(List<ProcessorDefinition<?>> outputs) {
    for (ProcessorDefinition<?> output : outputs) {
      if (output instanceof TryDefinition block) {
        block.getCatchClauses().stream()
            .filter(clause -> !block.getOutputs().contains(clause))
            .toList()
            .forEach(block::addOutput);
      }
      withCatches(output.getOutputs());
    }
  }

  @Override
  public void close() throws Exception {
    context.close();
  }
}
