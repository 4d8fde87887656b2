package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The streams of docs/recipes, each against a local copy of its API's protocol. */
class RecipesTest {

  private static final Path RECIPES = Path.of("docs/recipes");
  private static final Path PAGE = Path.of("docs/recipes.md");

  @TempDir Path directory;

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  private static Stream<RecipeApi> recipes() {
    return RecipeApi.all();
  }

  private static Stream<RecipeApi> recipesWithSecret() {
    return recipes().filter(recipe -> recipe.secret() != null);
  }

  private static Stream<RecipeApi> recipesWithDeletes() throws IOException {
    List<RecipeApi> deleting = new ArrayList<>();
    for (RecipeApi recipe : recipes().toList()) {
      if (Files.readString(file(recipe)).contains("deletes: soft")) {
        deleting.add(recipe);
      }
    }
    return deleting.stream();
  }

  private static Path file(RecipeApi recipe) {
    return RECIPES.resolve(recipe.stream() + ".camel.yaml");
  }

  /**
   * Sets a recipe up as a user would: its file as it is, and its keys in application.properties.
   */
  private Workspace workspace(RecipeApi recipe, ScriptedApi api) throws IOException {
    Workspace workspace = new Workspace(directory);
    Files.copy(
        file(recipe), directory.resolve("routes/streams").resolve(file(recipe).getFileName()));
    List<String> lines = new ArrayList<>();
    lines.add(recipe.stream() + ".url=" + api.url(recipe.base()));
    lines.add(recipe.stream() + ".requestsPerSecond=10000");
    recipe.properties().forEach((name, value) -> lines.add(name + "=" + value));
    append(lines);
    return workspace;
  }

  private void append(List<String> lines) throws IOException {
    Files.write(directory.resolve("application.properties"), lines, StandardOpenOption.APPEND);
  }

  private static void assertCaughtUp(Run run) {
    assertThat(run.getError()).isEmpty();
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().deadLetters()).isZero();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void a_recipe_copies_its_api_and_finds_what_is_added(RecipeApi recipe) throws Exception {
    try (ScriptedApi api = new ScriptedApi(recipe)) {
      Workspace workspace = workspace(recipe, api);

      assertCaughtUp(workspace.sync(recipe.stream()));
      assertThat(workspace.query(recipe.rowsSql())).containsExactly(recipe.rows());
      assertThat(workspace.query(recipe.valueSql())).containsExactly(recipe.value());

      recipe.addLater();
      Run again = workspace.sync(recipe.stream());

      assertCaughtUp(again);
      assertThat(again.getCounters().upserted()).isEqualTo(1);
      assertThat(workspace.query(recipe.rowsSql())).containsExactly(recipe.rows());
      assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
      assertThat(api.requests())
          .allSatisfy(
              request -> assertThat(request.headers()).containsAllEntriesOf(recipe.headers()));
    }
  }

  @ParameterizedTest
  @MethodSource("recipesWithDeletes")
  void a_refresh_sees_what_was_changed_and_deleted(RecipeApi recipe) throws Exception {
    try (ScriptedApi api = new ScriptedApi(recipe)) {
      Workspace workspace = workspace(recipe, api);
      workspace.sync(recipe.stream());
      recipe.remove(recipe.middle());
      recipe.change(recipe.highest());

      Run refresh = workspace.refresh(recipe.stream());

      assertCaughtUp(refresh);
      assertThat(refresh.getCounters().upserted()).isEqualTo(1);
      assertThat(refresh.getCounters().deleted()).isEqualTo(1);
      assertThat(workspace.query(recipe.rowsSql() + " where not \"_stepsync_deleted\""))
          .containsExactly(recipe.rows());
    }
  }

  /** A refusal must never be taken for an API without records. */
  @ParameterizedTest
  @MethodSource("recipesWithSecret")
  void a_secret_that_is_refused_fails_sync_and_refresh(RecipeApi recipe) throws Exception {
    try (ScriptedApi api = new ScriptedApi(recipe)) {
      Workspace workspace = workspace(recipe, api);
      workspace.sync(recipe.stream());
      workspace.property(recipe.secret(), "revoked");

      assertThat(workspace.sync(recipe.stream()).getStatus()).isEqualTo(RunStatus.FAILED);
      Run refresh = workspace.refresh(recipe.stream());

      assertThat(refresh.getStatus()).isEqualTo(RunStatus.FAILED);
      assertThat(refresh.getError().get()).containsPattern("status 40[13]");
      assertThat(workspace.query(recipe.rowsSql() + " where not \"_stepsync_deleted\""))
          .containsExactly(recipe.rows());
    }
  }

  @Test
  void mastodon_is_refused_with_since_id_which_would_lose_posts() throws Exception {
    RecipeApi recipe =
        recipes().filter(each -> each.stream().equals("mastodon")).findFirst().orElseThrow();
    try (ScriptedApi api = new ScriptedApi(recipe)) {
      Workspace workspace = workspace(recipe, api);
      workspace.edit("mastodon", "startParam: min_id", "startParam: since_id");

      Run run = workspace.sync("mastodon");

      assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
      assertThat(run.getError().get()).contains("must answer with the lowest IDs first");
      assertThat(workspace.query(recipe.rowsSql())).containsExactly("0 null null");
    }
  }

  @Test
  void entries_without_an_id_fail_the_run_and_nothing_is_written() throws Exception {
    try (ScriptedApi log =
        new ScriptedApi(
            request ->
                Reply.json("{\"entries\":[{\"leaf_input\":\"AAAA\",\"extra_data\":\"AAAA\"}]}"))) {
      Workspace workspace = new Workspace(directory);
      workspace.stream(
          "log",
          """
          url: "%s"
          startParam: start
          endParam: end
          initialId: 0
          maxId: 9
          records: /entries
          table: entry
          primaryKey: leaf_input
          columns: "leaf_input: STRING, extra_data: STRING"
          """
              .formatted(log.url("/ct/v1/get-entries")));

      Run run = workspace.sync("log");

      assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
      assertThat(run.getError().get()).contains("must have a whole number").endsWith("was null");
      assertThat(workspace.query("select count(*) from \"entry\"")).containsExactly("0");
    }
  }

  @Test
  void there_are_ten_recipes_and_each_is_tested() throws Exception {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(recipes().map(RecipesTest::file)).containsExactlyInAnyOrderElementsOf(files());
  }

  @Test
  void the_page_has_each_recipe_as_its_file_is() throws Exception {
    String page = Files.readString(PAGE);

    for (Path file : files()) {
      String name = file.getFileName().toString();
      assertThat(page)
          .contains("](recipes/%s)\n\n```yaml\n%s```\n".formatted(name, Files.readString(file)));
    }
    assertThat(Pattern.compile("^```yaml$", Pattern.MULTILINE).matcher(page).results())
        .hasSize(files().size());
  }

  /** A key without a default stops the start, so the page tells it. */
  @ParameterizedTest
  @MethodSource("recipes")
  void the_page_tells_the_keys_that_a_recipe_needs(RecipeApi recipe) throws Exception {
    List<String> needed =
        Pattern.compile("\\{\\{([^:}]+)}}")
            .matcher(Files.readString(file(recipe)))
            .results()
            .map(key -> key.group(1))
            .toList();

    for (String key : needed) {
      assertThat(Files.readString(PAGE)).contains("`" + key + "`");
    }
  }
}
