package io.stepsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.Stream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page of settings says what the Javadoc says, and that is true. With {@code
 * -Dstepsync.write=true} the page is written again.
 */
class SettingsPageTest {

  private static final Path PAGE = Path.of("docs/settings.md");

  private static java.util.stream.Stream<Setting> settings() throws Exception {
    return SettingsSource.read().stream().flatMap(section -> section.settings().stream());
  }

  private static java.util.stream.Stream<Setting> settingsWithDefault() throws Exception {
    return settings().filter(setting -> setting.stated().isPresent());
  }

  @Test
  void the_page_is_what_the_javadoc_says() throws Exception {
    String page = Files.readString(PAGE);
    String written = SettingsPage.of(page, SettingsSource.read());
    if (Boolean.getBoolean("stepsync.write")) {
      Files.writeString(PAGE, written);
    } else {
      assertThat(page)
          .as("mvn -q test -Dtest=SettingsPageTest -Dstepsync.write=true writes %s again", PAGE)
          .isEqualTo(written);
    }
  }

  @Test
  void each_setter_is_on_the_page() throws Exception {
    assertThat(settings().map(Setting::name))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Stream.class.getMethods())
                .filter(method -> method.getName().startsWith("set"))
                .filter(method -> !method.isAnnotationPresent(Deprecated.class))
                .map(method -> setting(method.getName()))
                .distinct()
                .toList());
  }

  private static String setting(String setter) {
    return setter.substring(3, 4).toLowerCase(Locale.ROOT) + setter.substring(4);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void each_setter_says_what_it_is_for_and_its_default_or_that_it_is_required(Setting setting) {
    assertThat(setting.meaning()).as(setting.name()).isNotBlank().endsWith(".");
    assertThat(setting.required().isPresent())
        .as(setting.name() + " must say Required or Default")
        .isNotEqualTo(setting.stated().isPresent());
  }

  /** A default that no field holds is set, and must change nothing. */
  @ParameterizedTest
  @MethodSource("settingsWithDefault")
  void a_default_is_the_one_that_a_new_stream_has(Setting setting) throws Exception {
    String stated = setting.value().orElseThrow();
    Object real = field(setting.name());

    if (real != null) {
      assertThat(shown(real)).as(setting.name()).isEqualTo(stated);
    } else if (!stated.equals("none")) {
      Stream stream = required();
      set(stream, setting.name(), stated);
      assertThat(stream.checked("x")).as(setting.name()).isEqualTo(required().checked("x"));
    }
  }

  /** Returns a stream of which no more is set than must be, for this setting to count. */
  private static Stream required() {
    Stream stream = new Stream();
    stream.setUrl("http://127.0.0.1/");
    stream.setTable("t");
    stream.setPrimaryKey("id");
    stream.setColumns("id: LONG");
    return stream;
  }

  private static void set(Stream stream, String name, String text) throws Exception {
    for (Method method : Stream.class.getMethods()) {
      if (method.getName().startsWith("set") && setting(method.getName()).equals(name)) {
        method.invoke(stream, value(method.getParameterTypes()[0], text));
      }
    }
  }

  private static Object value(Class<?> type, String text) {
    if (type == Duration.class) {
      return Duration.parse("PT" + text);
    }
    return type == String.class ? text : (Object) Long.valueOf(text);
  }

  private static String shown(Object value) {
    if (value instanceof Duration) {
      return value.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
    return value.equals(Double.POSITIVE_INFINITY) ? "no limit" : value.toString();
  }

  private static Object field(String name) throws Exception {
    Stream stream = new Stream();
    boolean hasOne =
        Arrays.stream(Stream.class.getDeclaredFields())
            .anyMatch(field -> field.getName().equals(name));
    Object value = value(stream, hasOne ? name : "authValues");
    return hasOne ? value : ((Map<?, ?>) value).get(name);
  }

  private static Object value(Stream stream, String name) throws Exception {
    Field field = Stream.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(stream);
  }
}
