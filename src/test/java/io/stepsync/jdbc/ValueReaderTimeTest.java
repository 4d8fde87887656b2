package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTimeTest {

  private static Object read(String type, Object json) {
    return ValueReader.read(ColumnType.parse(type), json);
  }

  private static void assertRefused(String type, Object json) {
    assertThatThrownBy(() -> read(type, json))
        .as("%s %s", type, json)
        .isInstanceOfAny(IllegalArgumentException.class, DateTimeException.class);
  }

  @Test
  void a_date_is_a_day_of_the_calendar() {
    assertThat(read("NAIVE_DATE", "2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(read("NAIVE_DATE", "0001-01-01")).isEqualTo(LocalDate.of(1, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-29",
        "2026-02-30",
        "2026-13-01",
        "2026-1-5",
        "20260105",
        "05.01.2026",
        "2026-01-05T00:00:00",
        " 2026-01-05"
      })
  void a_text_that_is_no_day_is_no_date(String text) {
    assertRefused("NAIVE_DATE", text);
  }

  @Test
  void a_time_may_lack_seconds_and_have_nanoseconds() {
    assertThat(read("NAIVE_TIME", "00:58")).isEqualTo(LocalTime.of(0, 58));
    assertThat(read("NAIVE_TIME", "00:58:20")).isEqualTo(LocalTime.of(0, 58, 20));
    assertThat(read("NAIVE_TIME", "23:59:59.123456789"))
        .isEqualTo(LocalTime.of(23, 59, 59, 123_456_789));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "24:00", "00:60", "7:30", "00:58:20Z", "00:58:20+01:00", "noon"})
  void a_text_that_is_no_time_of_day_is_no_time(String text) {
    assertRefused("NAIVE_TIME", text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-15T00:58:20, 2026-11-15T00:58:20",
    "2026-11-15 00:58:20, 2026-11-15T00:58:20",
    "2026-11-15T00:58, 2026-11-15T00:58:00",
    "2026-11-15 00:58:20.123456, 2026-11-15T00:58:20.123456"
  })
  void a_date_and_time_has_a_t_or_a_blank_between(String text, LocalDateTime value) {
    assertThat(read("NAIVE_DATETIME", text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-15",
        "2026-11-15T",
        "2026-11-15T00:58:20Z",
        "2026-11-15T00:58:20+01:00",
        "2026-11-15_00:58:20",
        "2026-11-15  00:58:20",
        "2026-11-32T00:58:20",
        "2026-13-15T00:58:20",
        "2026-11-15T25:00:00",
        "1763168300"
      })
  void another_text_is_no_date_and_time(String text) {
    assertRefused("NAIVE_DATETIME", text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-15T00:58:20Z, 2026-11-15T00:58:20",
    "2026-11-15 00:58:20Z, 2026-11-15T00:58:20",
    "2026-11-15T00:58Z, 2026-11-15T00:58:00",
    "2026-11-15T00:58:20.123456789Z, 2026-11-15T00:58:20.123456789",
    "2026-11-15T00:58:20+00:00, 2026-11-15T00:58:20",
    "2026-11-15T00:58:20+0000, 2026-11-15T00:58:20",
    "2026-11-15T00:58:20+00, 2026-11-15T00:58:20",
    "2026-11-15T00:58:20+01:00, 2026-11-14T23:58:20",
    "2026-11-15T00:58:20+0530, 2026-11-14T19:28:20",
    "2026-11-15 00:58:20-08, 2026-11-15T08:58:20",
    "2026-12-31T23:30:00-01:00, 2027-01-01T00:30:00",
    "2026-11-15T00:58:20.1234567Z, 2026-11-15T00:58:20.1234567",
    "2026-11-15T00:58:20.123456789+01:00, 2026-11-14T23:58:20.123456789",
    "2026-11-15 00:58:20 UTC, 2026-11-15T00:58:20",
    "2026-11-15T00:58:20.5 UTC, 2026-11-15T00:58:20.5",
    "2026-11-15 00:58:20 GMT, 2026-11-15T00:58:20",
    "2026-11-15 00:58:20 +0100, 2026-11-14T23:58:20",
    "2026-11-15T00:58:20 +00:00, 2026-11-15T00:58:20",
    "'Sun, 15 Nov 2026 00:58:20 GMT', 2026-11-15T00:58:20",
    "'Sun, 15 Nov 2026 00:58:20 UTC', 2026-11-15T00:58:20",
    "'Sun, 1 Nov 2026 00:58:20 +0100', 2026-10-31T23:58:20",
    "15 Nov 2026 00:58:20 -0800, 2026-11-15T08:58:20",
    "/Date(1794704300500)/, 2026-11-15T00:58:20.5",
    "/Date(1794704300000+0100)/, 2026-11-15T00:58:20",
    "/Date(-500)/, 1969-12-31T23:59:59.5",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5"
  })
  void a_moment_is_kept_in_utc(String text, LocalDateTime utc) {
    assertThat(read("UTC_DATETIME", text)).isEqualTo(OffsetDateTime.of(utc, ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-15",
        "2026-11-15T00:58:20",
        "2026-11-15 00:58:20",
        "2026-11-15 00:58:20 CET",
        "UTC",
        "Mon, 15 Nov 2026 00:58:20 GMT",
        "31 Nov 2026 00:58:20 GMT",
        "Sun, 15 Nov 2026 00:58:20",
        "2026-11-15T00:58:20+19:00",
        "2026-11-15T00:58:20 Europe/Berlin",
        "2026-11-15T00:58:20+01:00[Europe/Berlin]",
        "2026-11-15T00:58:60Z",
        "1763168300",
        "/Date(1794704300000)",
        "/Date(2026-11-15)/",
        "/Date(1e3)/",
        "/Date(99999999999999999999)/",
        "+999999999-12-31T23:59:59-18:00"
      })
  void a_text_without_an_offset_or_that_is_no_time_is_no_moment(String text) {
    assertRefused("UTC_DATETIME", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAIVE_DATE", "NAIVE_TIME", "NAIVE_DATETIME", "UTC_DATETIME"})
  void a_number_or_an_object_is_no_time(String type) {
    for (Object json : List.of(0, 1_763_168_300_000L, true, List.of(2026, 11, 15), Map.of())) {
      assertRefused(type, json);
    }
  }
}
