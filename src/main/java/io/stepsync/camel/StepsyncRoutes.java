package io.stepsync.camel;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * The way in for an application with a Camel context of its own. Camel Main and Spring Boot load
 * the shared routes by themselves; to a plain context they are added here.
 */
public final class StepsyncRoutes {

  private static final String JAR = "classpath:camel-template/";

  /** The names of the files with the shared routes, without {@code .camel.yaml}. */
  public static final List<String> SHARED =
      List.of(
          "dead-letter",
          "deletes",
          "fetch",
          "lanes",
          "record-sink",
          "refresh",
          "scheduled-run",
          "state",
          "step-size-sync",
          "transform",
          "upsert",
          "verify");

  private StepsyncRoutes() {}

  /** Returns where the jar has the shared routes of this name. */
  public static String location(String shared) {
    return JAR + shared + ".camel.yaml";
  }

  /**
   * Adds the shared routes and these streams to a context.
   *
   * @param streams stream files, such as {@code classpath:streams/order.camel.yaml} or {@code
   *     file:streams/order.camel.xml}
   * @throws Exception as Camel's loader gives it, if a file cannot be read as routes
   */
  public static void addTo(CamelContext context, String... streams) throws Exception {
    List<Resource> files = new ArrayList<>();
    for (String shared : SHARED) {
      files.add(PluginHelper.getResourceLoader(context).resolveResource(location(shared)));
    }
    for (String stream : streams) {
      files.add(PluginHelper.getResourceLoader(context).resolveResource(stream));
    }
    PluginHelper.getRoutesLoader(context).loadRoutes(files);
  }
}
