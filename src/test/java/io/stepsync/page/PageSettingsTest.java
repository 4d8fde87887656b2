package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0.0.0 | 1 | '' | '' | stepsync.page.password must be set where stepsync.page.host is not loopback, was 0.0.0.0",
        ":: | 1 | '' | '' | stepsync.page.password must be set where stepsync.page.host is not loopback, was ::",
        "10.0.0.1 | 1 | ann | '' | stepsync.page.password must be set where stepsync.page.host is not loopback, was 10.0.0.1",
        "10.0.0.1 | 1 | '' | secret | stepsync.page.user and password must be set both, or none",
        "127.0.0.1 | 1 | ann | '' | stepsync.page.user and password must be set both, or none",
        "127.0.0.1 | 1 | a:b | secret | stepsync.page.user must be without a colon, was a:b",
        "127.0.0.1 | 65536 | '' | '' | stepsync.page.port must be 0 to 65535, was 65536",
        "127.0.0.1 | -1 | '' | '' | stepsync.page.port must be 0 to 65535, was -1",
        "no.such.host.invalid | 1 | '' | '' | stepsync.page.host must be an address of this machine, was no.such.host.invalid",
        "'' | 1 | '' | '' | stepsync.page.host must be set",
      })
  void a_wrong_setting_is_refused(
      String host, int port, String user, String password, String message) {
    assertThatThrownBy(() -> new PageSettings(host, port, "", user, password))
        .isInstanceOf(SettingException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
  void loopback_needs_no_password(String host) {
    assertThat(new PageSettings(host, 1, "", "", "").address().isLoopbackAddress()).isTrue();
  }

  @Test
  void its_url_is_one_that_this_machine_can_open() {
    assertThat(new PageSettings("0.0.0.0", 80, "", "ann", "secret").url(80))
        .isEqualTo("http://127.0.0.1:80/");
    assertThat(new PageSettings("::1", 80, "", "", "").url(80))
        .isEqualTo("http://[0:0:0:0:0:0:0:1]:80/");
  }
}
