package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class MomentPropertiesTest {

  private static final ColumnType MOMENT = ColumnType.parse("UTC_DATETIME");

  @Property(seed = FixedSeed.VALUE)
  void a_moment_with_any_offset_and_precision_is_read_exactly(
      @ForAll @LongRange(min = -62_135_500_000L, max = 253_402_200_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nanos,
      @ForAll @IntRange(min = -18, max = 18) int offset,
      @ForAll boolean blank) {
    OffsetDateTime moment = Instant.ofEpochSecond(second, nanos).atOffset(ZoneOffset.UTC);
    String text = moment.withOffsetSameInstant(ZoneOffset.ofHours(offset)).toString();

    assertThat(ValueReader.read(MOMENT, blank ? text.replace('T', ' ') : text)).isEqualTo(moment);
    assertThat(ValueReader.read(MOMENT, moment.toString())).isEqualTo(moment);
  }

  @Property(seed = FixedSeed.VALUE)
  void a_text_in_utc_is_read_as_its_moment_or_refused(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 99) int month,
      @ForAll @IntRange(max = 99) int day,
      @ForAll @IntRange(max = 99) int second) {
    String text = "%04d-%02d-%02dT00:00:%02dZ".formatted(year, month, day, second);

    assertThat(read(text)).isEqualTo(parsed(text));
  }

  private static Object read(String text) {
    try {
      return ValueReader.read(MOMENT, text);
    } catch (DateTimeException e) {
      return "refused";
    }
  }

  private static Object parsed(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      return "refused";
    }
  }
}
