package io.stepsync.store.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ClassResolver;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private final CamelContext context = new DefaultCamelContext();

  private static Stream stream() {
    Stream stream = new Stream();
    stream.setUrl("http://127.0.0.1:1/");
    stream.setSink("direct:out");
    return stream;
  }

  private static List<StreamSettings> with(double clusterRequestsPerSecond) {
    Stream stream = stream();
    stream.setClusterRequestsPerSecond(clusterRequestsPerSecond);
    return List.of(stream.checked("user"));
  }

  private void withoutBucket4j() {
    ClassResolver all = context.getClassResolver();
    context.setClassResolver(
        (ClassResolver)
            Proxy.newProxyInstance(
                ClassResolver.class.getClassLoader(),
                new Class<?>[] {ClassResolver.class},
                (proxy, method, arguments) ->
                    String.valueOf(arguments[0]).startsWith("io.github.bucket4j.")
                        ? null
                        : method.invoke(all, arguments)));
  }

  @Test
  void a_budget_without_bucket4j_is_refused_and_says_what_is_missing() {
    withoutBucket4j();

    assertThatThrownBy(() -> check(with(5)))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "stream user: clusterRequestsPerSecond needs bucket4j_jdk17-core on the class path");
  }

  @Test
  void with_bucket4j_it_is_not_and_without_a_budget_nothing_is_needed() {
    assertThatCode(() -> check(with(5))).doesNotThrowAnyException();
    withoutBucket4j();
    assertThatCode(() -> check(List.of(stream().checked("user")))).doesNotThrowAnyException();
  }

  @Test
  void without_a_budget_nobody_waits_and_no_database_is_asked() throws Exception {
    assertThat(Budgets.of(context).await("user", stream().checked("user").request().retry()))
        .isEmpty();
  }

  private void check(List<StreamSettings> streams) {
    Budgets.of(context).check(streams, (name, names) -> "; there are " + names);
  }

  private void property(String budget, String value) {
    context.getPropertiesComponent().addInitialProperty(Budgets.PREFIX + budget, value);
  }

  private static List<StreamSettings> naming(String budget) {
    Stream stream = stream();
    stream.setBudget(budget);
    return List.of(stream.checked("user"));
  }

  @Test
  void a_budget_is_what_its_property_says() {
    property("shop", "2/s, burst 10");

    check(naming("shop"));
    assertThat(Budgets.of(context).limit("user", naming("shop").get(0).request().retry()))
        .hasValue(BudgetLimit.parse("any", "2/s, burst 10"));
  }

  @Test
  void a_budget_that_no_property_defines_is_refused_beside_those_that_there_are() {
    property("shpo", "2/s");

    assertThatThrownBy(() -> check(naming("shop")))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "stream user: budget must have a property stepsync.budget.shop, such as 2/s, had none;"
                + " there are [shpo]");
  }

  @Test
  void a_property_that_says_nothing_is_refused() {
    property("shop", "fast");

    assertThatThrownBy(() -> check(naming("shop")))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "stepsync.budget.shop must be like 2/s or 40/min, or 2/s, burst 10, at most 4 at once,"
                + " was fast");
  }

  @Test
  void a_property_that_says_nothing_is_refused_even_if_no_stream_names_it() {
    property("shop", "2/s");
    property("other", "2/x");

    assertThatThrownBy(() -> check(naming("shop")))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("stepsync.budget.other must be like 2/s")
        .hasMessageEndingWith("was 2/x");
  }

  @Test
  void budgets_that_no_stream_names_are_known() {
    property("shop", "2/s");
    property("other", "2/s");

    assertThat(Budgets.of(context).unnamed(naming("shop"))).containsExactly("other");
  }
}
