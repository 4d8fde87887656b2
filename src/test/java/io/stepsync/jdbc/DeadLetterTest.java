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
          the answer is no valid JSON at line 1, column 37, near …: [{"id": 42, "name": "Andr? 42"}]}: Invalid UTF-8 middle byte 0x20 | the answer is no valid JSON: Invalid UTF-8
          the answer is no valid JSON at line 1, column 30, near …: [{"id": 42, "name": "?"}]}: Invalid UTF-8 start byte 0xff | the answer is no valid JSON: Invalid UTF-8
          the answer is no valid JSON at line 2, column 3, near {"id": 7}, was x: Unexpected character ('n' (code 110)): was expecting double-quote to start field name | the answer is no valid JSON: was expecting double-quote to start field name
          the API answered /items/7 with status 500: {"request": "a7", "was": 7} | the API answered with status 500
          the API answered /items with status 200, but /errors has: out of order | the API answered /items with status 200, but /errors has: out of order
          the answer must be whole after answerTimeout (100 ms), but only 17 bytes were there | the answer must be whole after answerTimeout (100 ms), but not all were there
          check constraint ; NO_BAD table: "user"         | check constraint ; NO_BAD table: "user"
          """)
  void the_rule_of_a_reason_has_no_values(String reason, String rule) {
    assertThat(DeadLetter.rule(reason)).isEqualTo(rule);
  }
}
