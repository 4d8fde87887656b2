package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a text writes a secret, it is not shown. */
class SecretsTest {

  private static String masked(String secret, String text) {
    return Secrets.of(List.of(secret)).masked(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AbC/d\"Ef <1>+",
        "AbC\\/d\\\"Ef <1>+",
        "AbC\\\\\\/d\\\\\\\"Ef <1>+",
        "AbC/d\\u0022Ef \\u003c1\\u003E+",
        "\\u0041\\u0062\\u0043\\u002f\\u0064\\u0022\\u0045\\u0066\\u0020\\u003c\\u0031\\u003e\\u002b",
        "AbC/d&quot;Ef &lt;1&gt;+",
        "AbC&#47;d&#34;Ef&#32;&#x3C;1&#x3e;&#043;",
        "AbC/d&amp;quot;Ef &amp;lt;1&amp;gt;+",
        "AbC%2Fd%22Ef%20%3C1%3E%2B",
        "AbC%2fd%22Ef+%3c1%3e%2b",
        "AbC%252Fd%2522Ef%2520%253C1%253E%252B"
      })
  void escapes_of_any_kind_hide_no_secret(String written) {
    assertThat(masked("AbC/d\"Ef <1>+", "token " + written + " is no good"))
        .isEqualTo("token *** is no good");
  }

  /** The first character can end in several places, of which not each lets the others follow. */
  @ParameterizedTest
  @CsvSource({
    "'     \\\\ ', '     \\\\\\\\ '",
    "'pass\\\\word', 'pass\\\\\\\\\\\\\\\\word'",
    "'pass\\\"word', 'pass\\\\\\u0022word'",
    "'pass%25word', 'pass%2525word'",
    "'pass%%word', 'pass%25%25word'",
    "'pass&amp;word', 'pass&amp;amp;word'"
  })
  void an_escape_in_a_secret_is_escaped_as_well(String secret, String written) {
    assertThat(masked(secret, "<" + written + ">")).isEqualTo("<***>");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void base64_hides_no_secret_wherever_it_begins(int before) {
    byte[] bytes =
        ("x".repeat(before) + "s3cret-of>>mine??" + "tail").getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder :
        List.of(
            Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding())) {
      String shown = masked("s3cret-of>>mine??", "<" + encoder.encodeToString(bytes) + ">");

      assertThat(shown).contains("***");
      assertThat(shown.length()).as(shown).isLessThan(before * 2 + 22);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s3cret-tok, ***",
    "s3cret-tok…, ***…",
    "was 's3cr…', was '***…'",
    "s3cr..., ***...",
    "s3c, s3c",
    "s3cret-tok no, s3cret-tok no"
  })
  void a_secret_that_a_text_was_cut_in_is_not_shown(String text, String shown) {
    assertThat(masked("s3cret-token", text)).isEqualTo(shown);
  }

  @Test
  void the_longer_of_two_secrets_goes_first() {
    assertThat(Secrets.of(List.of("abc", "abcdef", "")).masked("abcdef abc xabcx"))
        .isEqualTo("*** *** x***x");
  }

  @Test
  void a_secret_of_ten_thousand_characters_is_masked() {
    String secret = "Ab+/".repeat(2500);

    assertThat(masked(secret, "is " + secret.replace("/", "\\/") + ".")).isEqualTo("is ***.");
  }

  @Test
  void all_else_stays() {
    assertThat(masked("s3cret", "S3CRET s3-cret \\\\ %25 &amp; 100 %"))
        .isEqualTo("S3CRET s3-cret \\\\ %25 &amp; 100 %");
    assertThat(Secrets.of(List.of())).hasToString("***");
    assertThat(Secrets.of(List.of()).masked("as it is")).isEqualTo("as it is");
  }

  @Property(seed = FixedSeed.VALUE)
  void any_secret_is_masked_in_json_urls_html_and_base64(
      @ForAll @StringLength(min = 8, max = 40) @CharRange(from = ' ', to = 'ÿ') String secret) {
    String unicode = secret.chars().mapToObj("\\u%04X"::formatted).collect(Collectors.joining());
    String html = secret.chars().mapToObj("&#%d;"::formatted).collect(Collectors.joining());
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
    for (String text : List.of(secret, unicode, html, url, json)) {
      assertThat(masked(secret, "<" + text + ">")).doesNotContain(text);
    }
    String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    assertThat(masked(secret, base64)).doesNotContain(base64);
  }
}
