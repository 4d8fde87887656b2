package io.stepsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.RefreshSettings.Deletes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshSettingsTest {

  private static Stream stream() {
    Stream stream = new Stream();
    stream.setUrl("http://localhost/records");
    stream.setTable("item");
    stream.setPrimaryKey("id");
    stream.setColumns(
        "id: LONG, changed: UTC_DATETIME, weight: DECIMAL(10,2), done: BOOLEAN,"
            + " text: STRING, json: JSON, xml: XML, bytes: BINARY, time: NAIVE_TIME");
    return stream;
  }

  private static RefreshSettings checked(Stream stream) {
    return stream.checked("item").refresh();
  }

  @Test
  void a_stream_is_not_refreshed_and_deletes_nothing_unless_it_says_so() {
    RefreshSettings settings = checked(stream());

    assertThat(settings.schedule()).isNull();
    assertThat(settings.deletes()).isEqualTo(Deletes.IGNORE);
    assertThat(settings.maxDeletes()).isEqualByComparingTo("0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "10%, 1000, 100, true",
    "10%, 1000, 101, false",
    "2.5%, 1000, 26, false",
    "0%, 1000, 0, true",
    "0%, 111, 10, true",
    "0%, 110, 10, false",
    "0%, 12, 1, true",
    "0%, 11, 1, false",
    "0%, 1000, 11, false",
    "99.9%, 7, 7, false",
    "100 %, 7000, 7000, true"
  })
  void a_share_of_the_rows_may_be_deleted_and_ten_of_many_but_never_all(
      String share, long rows, long missing, boolean may) {
    Stream stream = stream();
    stream.setMaxDeletes(share);

    assertThat(checked(stream).mayDelete(missing, rows)).isEqualTo(may);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "101%", "-1%", "ten", "", "1e1%", "100.1%"})
  void max_deletes_that_is_no_share_is_refused(String share) {
    Stream stream = stream();
    stream.setMaxDeletes(share);

    assertThatThrownBy(() -> stream.checked("item"))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream item: maxDeletes must be 0% to 100%, was " + share);
  }

  @Test
  void deletes_that_are_unknown_are_refused() {
    Stream stream = stream();
    stream.setDeletes("yes");

    assertThatThrownBy(() -> stream.checked("item"))
        .hasMessage("stream item: deletes must be ignore, soft or hard, was yes");
  }

  @Test
  void soft_deletes_need_the_column_that_marks_them() {
    Stream stream = stream();
    stream.setDeletes("soft");
    stream.setMetadataColumns(false);

    assertThatThrownBy(() -> stream.checked("item"))
        .hasMessage("stream item: deletes must not be soft where metadataColumns=false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/item/id", "number", "weight", "done"})
  void deletes_need_a_column_that_holds_the_id(String id) {
    Stream stream = stream();
    stream.setDeletes("hard");
    stream.setId(id);

    assertThatThrownBy(() -> stream.checked("item"))
        .hasMessageStartingWith("stream item: deletes must be ignore unless a column of")
        .hasMessageEndingWith(", was " + (id.startsWith("/") ? id : "/" + id));
  }

  @Test
  void a_column_may_take_the_id_out_of_a_wrapper() {
    Stream stream = stream();
    stream.setDeletes("hard");
    stream.setId("/_source/id");
    stream.setColumns("key: LONG = /_source/id");
    stream.setPrimaryKey("key");

    assertThat(stream.checked("item").refresh().idColumn().name()).isEqualTo("key");
  }

  @ParameterizedTest
  @CsvSource({
    "id, id: LONG",
    "missing, missing",
    "done, done: BOOLEAN",
    "text, text: STRING",
    "json, json: JSON",
    "xml, xml: XML",
    "bytes, bytes: BINARY",
    "time, time: NAIVE_TIME"
  })
  void a_version_column_must_be_there_and_have_an_order(String column, String shown) {
    Stream stream = stream();
    stream.setVersionColumn(column);

    assertThatThrownBy(() -> stream.checked("item"))
        .hasMessage(
            "stream item: versionColumn must name a column of numbers, dates or moments that is not in"
                + " primaryKey, was "
                + shown);
  }

  @Test
  void a_record_without_its_version_is_refused() {
    Stream stream = stream();
    stream.setVersionColumn("changed");

    assertThat(stream.checked("item").table().columns().get(1).required()).isTrue();
  }

  @Test
  @SuppressWarnings("deprecation")
  void a_setting_that_is_none_any_more_is_refused_with_what_replaces_it() {
    Stream stream = stream();
    stream.setAdaptiveRecords("5");

    assertThatThrownBy(() -> stream.checked("item"))
        .hasMessage(
            "stream item: adaptiveRecords is no setting any more: windows follow how dense the IDs"
                + " are, stepSize (1000) is the number of records that an answer should have, and"
                + " maxStepSize: 1000 keeps windows fixed");
  }
}
