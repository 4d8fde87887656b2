package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          column age must be INT, was "abc", was it?      | column age must be INT
          column id is required, was missing              | column id is required
          ERROR: null value violates it Detail: Row (1).  | ERROR: null value violates it
          (conn=17) Data too long for column 'n' at row 3 | Data too long for column 'n'
          (conn=9) Duplicate entry 'a' for key 'b'        | Duplicate entry  for key 'b'
          check constraint ; NO_BAD table: "user"         | check constraint ; NO_BAD table: "user"
          """)
  void the_rule_of_a_reason_has_no_values(String reason, String rule) {
    assertThat(DeadLetter.rule(reason)).isEqualTo(rule);
  }
}
