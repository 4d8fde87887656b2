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
    stream.setColumns("id: LONG, changed: UTC_DATETIME, weight: DECIMAL(10,2), done: BOOLEAN");
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
    "10%, 1000, 100",
    "10%, 50, 10",
    "0%, 1000, 10",
    "100 %, 7000, 7000",
    "2.5%, 1000, 25"
  })
  void max_deletes_is_a_share_of_the_rows_but_ten_are_always_allowed(
      String share, long rows, long most) {
    Stream stream = stream();
    stream.setMaxDeletes(share);

    assertThat(checked(stream).mostDeletes(rows)).isEqualTo(most);
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
        .hasMessageStartingWith("stream item: deletes must be ignore unless id names a column of")
        .hasMessageEndingWith(", was " + (id.startsWith("/") ? id : "/" + id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "missing", "done"})
  void a_version_column_must_be_there_and_have_an_order(String column) {
    Stream stream = stream();
    stream.setVersionColumn(column);

    assertThatThrownBy(() -> stream.checked("item"))
        .hasMessageStartingWith("stream item: versionColumn must name a column of")
        .hasMessageEndingWith(", was " + column);
  }

  @Test
  void a_record_without_its_version_is_refused() {
    Stream stream = stream();
    stream.setVersionColumn("changed");

    assertThat(stream.checked("item").table().columns().get(1).required()).isTrue();
  }

  @Test
  void adaptive_settings_without_an_adaptive_step_are_refused() {
    Stream stream = stream();
    stream.setAdaptiveRecords(5L);

    assertThatThrownBy(() -> stream.checked("item"))
        .hasMessage(
            "stream item: adaptiveStep must be true where adaptiveRecords or adaptiveTime is set,"
                + " was false");
  }
}
