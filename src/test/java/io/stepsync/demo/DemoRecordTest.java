package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DemoRecordTest {
  private static final List<DemoRecord> THOUSAND =
      LongStream.rangeClosed(1, 1000).mapToObj(DemoRecord::of).toList();

  @Test
  void a_record_is_the_same_in_every_process() {
    assertThat(DemoRecord.of(17))
        .isEqualTo(
            new DemoRecord(
                "17",
                "Søren Johnson",
                "johnson.17@example.net",
                "4427 Sarah Fields\nNorth Corey, WA 15655",
                "Smith-Jones-Núñez",
                "Museum/gallery curator",
                "2020-01-01T00:02:55Z",
                "2020-01-01T00:34:55Z"));
  }

  @Property(seed = FixedSeed.VALUE)
  void a_record_is_the_same_each_time(@ForAll @LongRange(min = 1) long id) {
    assertThat(DemoRecord.of(id)).isEqualTo(DemoRecord.of(id));
  }

  @Property(seed = FixedSeed.VALUE)
  void a_record_is_created_after_those_below_it(
      @ForAll @LongRange(min = 1, max = 24_999_999_999L) long id) {
    assertThat(created(DemoRecord.of(id + 1))).isAfter(created(DemoRecord.of(id)));
  }

  @Property(seed = FixedSeed.VALUE)
  void a_record_is_updated_within_an_hour_of_its_creation(@ForAll @LongRange(min = 1) long id) {
    DemoRecord record = DemoRecord.of(id);

    assertThat(Instant.parse(record.updatedAt()))
        .isBetween(created(record), created(record).plus(Duration.ofHours(1)));
  }

  @Property(seed = FixedSeed.VALUE)
  void times_are_whole_seconds_of_years_with_four_digits(@ForAll @LongRange(min = 1) long id) {
    String wholeSeconds = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    assertThat(DemoRecord.of(id).createdAt()).matches(wholeSeconds);
    assertThat(DemoRecord.of(id).updatedAt()).matches(wholeSeconds);
  }

  @Test
  void emails_are_unique_and_of_reserved_domains() {
    assertThat(THOUSAND)
        .extracting(DemoRecord::email)
        .doesNotHaveDuplicates()
        .allMatch(email -> email.matches("[a-z]{3,}\\.\\d+@example\\.(com|net|org)"));
  }

  @Test
  void addresses_have_two_lines() {
    assertThat(THOUSAND).allMatch(record -> record.address().lines().count() == 2);
  }

  @Test
  void names_vary_and_need_more_than_ascii() {
    assertThat(THOUSAND.stream().map(DemoRecord::name).distinct()).hasSizeGreaterThan(500);
    assertThat(THOUSAND)
        .extracting(DemoRecord::name)
        .anyMatch(name -> name.contains("'"))
        .anyMatch(name -> name.contains("ö"))
        .anyMatch(name -> name.codePoints().anyMatch(Character::isSupplementaryCodePoint));
  }

  @Test
  void no_part_is_blank() {
    assertThat(THOUSAND)
        .allSatisfy(
            record -> {
              assertThat(record.name()).isNotBlank();
              assertThat(record.company()).isNotBlank();
              assertThat(record.job()).isNotBlank();
            });
  }

  private static Instant created(DemoRecord record) {
    return Instant.parse(record.createdAt());
  }
}
