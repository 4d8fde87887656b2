package io.stepsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void an_interruption_is_told_in_words() {
    assertThat(Failures.message(new InterruptedException()))
        .isEqualTo("the thread was interrupted");
    assertThat(Failures.message(new InterruptedException("sleep interrupted")))
        .isEqualTo("the thread was interrupted: sleep interrupted");
  }

  @Test
  void what_camel_says_of_its_exchange_is_left_out() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      Exchange exchange = new DefaultExchange(context);
      exchange.setExchangeId("6C7B346D91193AA-0000000000000034");
      RollbackExchangeException thrown = new RollbackExchangeException("not today", exchange);

      assertThat(thrown).hasMessageContaining("Exchange[6C7B");
      assertThat(Failures.message(thrown)).isEqualTo("not today");
    }
  }
}
