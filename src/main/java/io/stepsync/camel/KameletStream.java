package io.stepsync.camel;

import io.stepsync.Stream;
import io.stepsync.steps.ExchangeVariables;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The stream of a Kamelet stepsync-source, and the first step of its route: a bean of the Kamelet's
 * template, with a name that Camel makes up, which binds the stream under its own name. Set up by
 * one thread, then used by many.
 */
public final class KameletStream implements Processor, CamelContextAware {

  private final Stream settings = new Stream();
  private CamelContext context;
  private String stream;
  private String schedule;
  private String sink;

  /** The stream's name. */
  public void setStream(String stream) {
    this.stream = stream;
  }

  /** When it runs. */
  public void setSchedule(String schedule) {
    this.schedule = schedule;
  }

  /** The endpoint kamelet:sink of the Kamelet, without the ID of its route. */
  public void setSink(String sink) {
    this.sink = sink;
  }

  /** The stream's settings, to be set. */
  public Stream getSettings() {
    return settings;
  }

  /**
   * Binds the stream. While a route is built, Camel knows its ID, without which kamelet:sink cannot
   * be reached from another route.
   *
   * @throws io.stepsync.SettingException if the schedule is none, which Quartz would say without
   *     the stream; StreamCheck sees to the others
   */
  public void bind() {
    String routeId = context.getCamelContextExtension().getCreateRoute();
    settings.setRecordSink(sink + "&routeId=" + routeId);
    StreamCheck.checkCron(stream, "schedule", schedule);
    context.getRegistry().bind(stream, settings);
  }

  @Override
  public void process(Exchange exchange) {
    exchange.setVariable(ExchangeVariables.STREAM, stream);
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.context = camelContext;
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }
}
