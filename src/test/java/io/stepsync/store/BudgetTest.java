package io.stepsync.store;

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

class BudgetTest {

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

    assertThatThrownBy(() -> Budget.check(context, with(5)))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "stream user: clusterRequestsPerSecond needs bucket4j_jdk17-core on the class path");
  }

  @Test
  void with_bucket4j_it_is_not_and_without_a_budget_nothing_is_needed() {
    assertThatCode(() -> Budget.check(context, with(5))).doesNotThrowAnyException();
    withoutBucket4j();
    assertThatCode(() -> Budget.check(context, List.of(stream().checked("user"))))
        .doesNotThrowAnyException();
  }

  @Test
  void without_a_budget_no_database_is_asked() throws Exception {
    assertThat(new Budget(context, "user").take(stream().checked("user").request().retry()))
        .isZero();
  }
}
