package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.FixedSeed;
import io.stepsync.http.AnswerException.Trouble;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of status 200 that tell of a failure. */
class ErrorPlaceTest {

  private static Answer read(String errors, String body) throws Exception {
    AnswerFormat format =
        AnswerFormat.parse("json", "/data", "id", false, "", errors, false, 1_000_000, false);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Answer.read(
        new Reply(
            200,
            "/records",
            "application/json",
            "7",
            new ByteArrayInputStream(bytes),
            text -> text.replace("s3cret", "***")),
        Answers.settings(format, Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'data':null,'errors':[{'message':'timed out'}]}           | timed out",
        "{'errors':[{'message':'timed out'}],'data':null}           | timed out",
        "{'errors' : [ {'path':['x'],'message':'timed out'} ]}      | timed out",
        "{'data':[{'id':1}],'errors':['timed out',{},{}]}           | timed out, and 2 more",
        "{'data':[],'errors':{'detail':'timed out'}}                | timed out",
        "{'data':[],'errors':{'E7':1}}                              | {'E7':1}",
        "{'data':[],'errors':[null]}                                | null",
        "{'data':[],'errors':'timed out'}                           | timed out",
        "{'data':[],'errors':' s3cret\\n\\u0007\\u202e'}            | *** ��",
        "{'errors':[],'data':[],'errors':[{'message':'timed out'}]} | timed out",
        "{'x':{'errors':[]},'errors':[{'message':''},1]}            | {'message':''}, and 1 more",
      })
  void an_entry_at_the_pointer_is_a_failure_before_the_records_or_after(String body, String shown) {
    assertThatThrownBy(() -> read("/errors", body.replace('\'', '"')))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.trouble()).hasValue(Trouble.FAILED);
              assertThat(e.mayPass()).isTrue();
            })
        .hasMessage(
            "the API answered /records with status 200, but /errors: " + shown.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[]}",
        "{\"data\":[],\"errors\":null}",
        "{\"data\":[],\"errors\" :\n[ ]}",
        "{\"data\":[],\"errors\":{ }}",
        "{\"data\":[],\"errors\":\"\"}",
        "{\"data\":[],\"errors\":\" \"}",
        "{\"data\":[],\"errors\":0}",
        "{\"data\":[],\"errors\":false}",
        "{\"data\":[{\"id\":1,\"errors\":[1]}]}",
        "{\"data\":[{\"id\":1,\"text\":\"\\\"errors\\\":[1]\"}]}",
        "{\"meta\":{\"errors\":[1]},\"data\":[]}",
        "{\"Errors\":[1],\"data\":[]}",
        "\"errors\"",
        "{\"errors\"",
        "{\"errors\":",
        "{\"errors\":["
      })
  void all_else_is_none(String body) throws Exception {
    assertThat(read("/errors", body).length()).isEqualTo(body.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/success=false             | {'success':false,'data':[],'error':'no'} | /success=false: {'success':false,'data':[],'error':'no'}",
        "/errors, /success = false  | {'data':[],'success':'false'}            | /success=false: {'data':[],'success':'false'}",
        "/errors,/status=error      | {'status' : 'error'}                     | /status=error: {'status' : 'error'}",
        "/meta/code=17              | {'data':[],'meta':{'code':17}}           | /meta/code=17: {'data':[],'meta':{'code':17}}",
        "error                      | {'data':[],'error':'no'}                 | /error: no",
        "/errors/0/message          | {'errors':[{'message':'no'}]}            | /errors/0/message: no",
        "/errors/0                  | {'errors':['no']}                        | /errors/0: no",
        "/a~1b                      | {'a/b':'no'}                             | /a~1b: no",
        "/fehler ä                  | {'fehler \\u00e4':'no'}                  | /fehler ä: no",
      })
  void several_pointers_may_be_looked_at_and_a_value_beside_one(
      String errors, String body, String shown) {
    assertThatThrownBy(() -> read(errors, body.replace('\'', '"')))
        .isInstanceOf(AnswerException.class)
        .hasMessage("the API answered /records with status 200, but " + shown.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/success=false | {'success':true,'data':[]}",
        "/success=false | {'success':null,'data':[]}",
        "/success=false | {'success':[false],'data':[]}",
        "/code=1        | {'code':17,'data':[]}",
        "''             | {'errors':[1],'data':[]}"
      })
  void another_value_is_none(String errors, String body) throws Exception {
    assertThat(read(errors.replace("''", ""), body.replace('\'', '"')).length()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"message\":\"Throttled\"}]",
        "[{\"message\":\"no\",\"extensions\":{\"code\":\"THROTTLED\"}}]",
        "[{\"message\":\"no\"},{\"code\":\"RATE_LIMITED\"}]",
        "\"API rate limit exceeded\"",
        "{\"message\":\"Too many requests\"}"
      })
  void one_who_is_asked_too_often_is_asked_later_and_not_for_less(String told) {
    assertThatThrownBy(() -> read("/errors", "{\"errors\":" + told + "}"))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.trouble()).isEmpty();
              assertThat(e.mayPass()).isTrue();
              assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(7));
            });
  }

  @Test
  void of_a_long_text_200_characters_are_shown() {
    assertThatThrownBy(() -> read("/errors", "{\"errors\":\"" + "😀".repeat(300) + "\"}"))
        .hasMessageEndingWith(": " + "😀".repeat(200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/errors                  | ''            | ARRAY | 1",
        "/errors                  | ''            | ONE   | 0",
        "/errors                  | /data/item    | ONE   | 1",
        "/errors                  | ''            | LINES | 0",
        "/errors                  | /errors       | ARRAY | 0",
        "/errors                  | /errors/items | ARRAY | 1",
        "/errors, /data/errors=x  | /data/rows    | ARRAY | 2"
      })
  void a_pointer_is_for_what_lies_beside_the_records(
      String errors, String records, AnswerFormat.Shape shape, int places) {
    AnswerFormat format =
        AnswerFormat.parse(
            shape == AnswerFormat.Shape.LINES ? "ndjson" : "json",
            records,
            "id",
            false,
            "",
            errors,
            false,
            1,
            shape == AnswerFormat.Shape.ONE);

    assertThat(format.errors()).hasSize(places);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data", "/data/0/error", "/x, /data/error=1"})
  void a_pointer_to_the_records_is_refused(String errors) {
    assertThatThrownBy(() -> AnswerFormat.errorPlaces(errors, JsonPointer.valueOf("/data")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "errors must be JSON Pointers to what lies beside the records, was /data");
    assertThat(AnswerFormat.errorPlaces("/database", JsonPointer.valueOf("/data"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"abc,0,0", "xxabc,0,2", "ababcabc,3,5", "ab,0,-1", "abcab,1,-1", "é€abc,0,5"})
  void bytes_are_found_wherever_they_are(String text, int from, int at) {
    ByteSearch search = new ByteSearch("abc");

    assertThat(search.next(text.getBytes(StandardCharsets.UTF_8), from)).isEqualTo(at);
  }

  @Property(seed = FixedSeed.VALUE)
  void bytes_are_found_in_any_piece(@ForAll @IntRange(max = 20_000) int before) {
    byte[] bytes = (".".repeat(before) + "abcab").getBytes(StandardCharsets.UTF_8);

    assertThat(new ByteSearch("abc").next(bytes, 0)).isEqualTo(before);
    assertThat(new ByteSearch("abc").next(bytes, before + 1)).isEqualTo(-1);
  }

  @Test
  void nothing_is_set_and_nothing_is_looked_at() {
    assertThat(AnswerFormat.errorPlaces("", JsonPointer.valueOf("/data"))).isEqualTo(List.of());
  }
}
