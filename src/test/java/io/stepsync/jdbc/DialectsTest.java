package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.jdbc.dialect.MariaDbDialect;
import io.stepsync.jdbc.dialect.MySqlDialect;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "jdbc:hsqldb:file:data/stepsync, HSQLDB",
    "jdbc:postgresql://host/database, PostgreSQL",
    "jdbc:mariadb://host/database, MariaDB",
    "jdbc:mysql://host/database, MySQL",
    "jdbc:sqlite:data/copy.db, SQLite"
  })
  void a_url_tells_the_database(String url, String database) {
    assertThat(Dialects.of(url).database()).isEqualTo(database);
  }

  @Test
  void a_database_without_a_dialect_is_refused_with_those_that_have_one() {
    assertThatThrownBy(() -> Dialects.of("jdbc:oracle:thin:@host"))
        .hasMessage(
            "the database must be HSQLDB, PostgreSQL, MariaDB, MySQL or SQLite, was oracle");
  }

  @Test
  void mysql_is_told_by_its_driver_and_mariadb_by_its_own() {
    assertThat(new MySqlDialect().isProduct("MySQL")).isTrue();
    assertThat(new MySqlDialect().isProduct("MariaDB")).isFalse();
    assertThat(new MariaDbDialect().isProduct("MySQL")).isFalse();
  }

  /** As in an application of others: a jar beside stepsync's, on one class path. */
  @Test
  void a_jar_of_ones_own_brings_another_database() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(Path.of(entry).toUri().toURL());
    }
    classPath.add(jar().toUri().toURL());
    try (URLClassLoader application =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> dialects = application.loadClass(Dialects.class.getName());

      Optional<?> found =
          (Optional<?>)
              dialects.getMethod("find", String.class).invoke(null, "jdbc:theirs://host/database");

      assertThat(found.map(Object::getClass).map(Class::getName))
          .contains(TheirDialect.class.getName());
    }
    assertThat(Dialects.find("jdbc:theirs://host/database")).isEmpty();
  }

  @Test
  void two_dialects_of_one_database_are_refused_by_name() throws Exception {
    try (URLClassLoader application = loader(services("Twin"))) {
      assertThatThrownBy(() -> Dialects.load(application))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "one dialect must be of jdbc:mysql:, there were %s and %s",
              MySqlDialect.class.getName(), Twin.class.getName());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Broken, java.lang.IllegalArgumentException: no such driver",
    "None, Provider io.stepsync.jdbc.DialectsTest$None not found"
  })
  void a_dialect_that_cannot_be_made_is_refused_by_name(String name, String reason)
      throws Exception {
    try (URLClassLoader application = loader(services(name))) {
      assertThatThrownBy(() -> Dialects.load(application))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("a dialect cannot be made: io.stepsync.jdbc.Dialect: Provider ")
          .hasMessageContaining("DialectsTest$" + name)
          .hasMessageContaining(reason);
    }
  }

  private URLClassLoader loader(Path folder) throws Exception {
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  /** A folder that names a class of this test. */
  private Path services(String name) throws Exception {
    Path services = directory.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(
        services.resolve(Dialect.class.getName()), DialectsTest.class.getName() + "$" + name);
    return directory;
  }

  /** Another one for MySQL. */
  public static final class Twin extends TheirDialect {
    @Override
    public String database() {
      return "Twin";
    }

    @Override
    public String urlWord() {
      return "mysql";
    }
  }

  /** One that lacks what it needs. */
  public static final class Broken extends TheirDialect {
    public Broken() {
      throw new IllegalArgumentException("no such driver");
    }
  }

  private Path jar() throws Exception {
    Path jar = directory.resolve("their-dialect.jar");
    String file = TheirDialect.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        InputStream code = TheirDialect.class.getClassLoader().getResourceAsStream(file)) {
      entries.putNextEntry(new JarEntry(file));
      code.transferTo(entries);
      entries.putNextEntry(new JarEntry("META-INF/services/" + Dialect.class.getName()));
      entries.write(TheirDialect.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
