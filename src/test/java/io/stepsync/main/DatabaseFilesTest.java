package io.stepsync.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepsync.routes.RangeApi;
import io.stepsync.routes.Workspace;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API tells is not for other users of the machine. */
class DatabaseFilesTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "the file system knows no users");
    api.users(1, 3);
    workspace = new Workspace(directory);
    workspace.userStream(api.url(), "");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("data"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("stepsync.")).toList();
    }
  }

  @Test
  void the_folder_is_made_for_its_user_alone() throws Exception {
    workspace.sync("user");

    assertThat(permissions(directory.resolve("data"))).isEqualTo("rwx------");
  }

  @Test
  void a_folder_of_the_users_own_is_left_but_the_files_in_it_are_closed() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path other = Files.writeString(data.resolve("stepsync-notes.txt"), "theirs");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r--r--"));

    workspace.sync("user");

    assertThat(permissions(data)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(other)).isEqualTo("rw-r--r--");
    assertThat(files())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
  }
}
