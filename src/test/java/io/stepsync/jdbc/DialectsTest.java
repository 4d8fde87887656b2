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
    "jdbc:mysql://host/database, MySQL"
  })
  void a_url_tells_the_database(String url, String database) {
    assertThat(Dialects.of(url).database()).isEqualTo(database);
  }

  @Test
  void a_database_without_a_dialect_is_refused_with_those_that_have_one() {
    assertThatThrownBy(() -> Dialects.of("jdbc:oracle:thin:@host"))
        .hasMessage("the database must be HSQLDB, PostgreSQL, MariaDB or MySQL, was oracle");
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
