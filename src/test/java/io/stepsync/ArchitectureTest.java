package io.stepsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

@AnalyzeClasses(packages = "io.stepsync", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /** The rooms of the house, and which of the others each may know. */
  private static final Map<String, List<String>> ROOMS = rooms();

  private static Map<String, List<String>> rooms() {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    rooms.put("window", List.of());
    rooms.put("demo", List.of());
    rooms.put("json", List.of());
    rooms.put("http", List.of("json", "window"));
    rooms.put("table", List.of());
    rooms.put("jdbc", List.of("json", "table", "window"));
    rooms.put("dialect", List.of("jdbc", "json", "table"));
    rooms.put("settings", List.of("http", "jdbc", "json", "table", "window"));
    rooms.put("verify", and(rooms.get("settings"), "settings"));
    rooms.put("source", List.of());
    rooms.put("alive", List.of());
    rooms.put("store", and(rooms.get("settings"), "settings", "source", "alive"));
    rooms.put("letters", and(rooms.get("store"), "store"));
    rooms.put("history", and(rooms.get("store"), "store", "verify"));
    rooms.put("budget", and(rooms.get("store"), "store"));
    rooms.put("standing", and(rooms.get("history"), "history", "letters", "budget"));
    rooms.put("run", and(rooms.get("history"), "history", "letters", "budget"));
    rooms.put("firing", and(rooms.get("run"), "run"));
    rooms.put("steps", and(rooms.get("firing"), "firing"));
    rooms.put("verifySteps", and(rooms.get("steps"), "steps"));
    rooms.put("camel", and(rooms.get("verifySteps"), "verifySteps", "standing"));
    rooms.put("api", and(rooms.get("camel"), "camel"));
    rooms.put("preview", and(rooms.get("camel"), "camel"));
    rooms.put("watch", and(rooms.get("camel"), "camel"));
    rooms.put("cluster", and(rooms.get("camel"), "camel"));
    rooms.put("page", and(rooms.get("api"), "api", "preview"));
    rooms.put("served", List.of());
    rooms.put("files", and(rooms.get("camel"), "camel"));
    rooms.put("check", and(rooms.get("camel"), "camel"));
    rooms.put(
        "main",
        and(
            rooms.get("files"),
            "files",
            "check",
            "api",
            "cluster",
            "page",
            "preview",
            "demo",
            "served"));
    rooms.put("terminal", and(rooms.get("main"), "main"));
    rooms.put("dryrun", and(rooms.get("terminal"), "terminal"));
    rooms.put("discover", and(rooms.get("terminal"), "terminal"));
    rooms.put("verb", and(rooms.get("terminal"), "terminal"));
    rooms.put("cli", and(rooms.get("terminal"), "terminal", "dryrun", "discover", "verb"));
    return rooms;
  }

  private static List<String> and(List<String> rooms, String... more) {
    List<String> all = new ArrayList<>(rooms);
    all.addAll(List.of(more));
    return all;
  }

  private static String packageOf(String room) {
    return switch (room) {
      case "settings" -> "io.stepsync";
      case "alive", "budget", "history", "letters" -> "io.stepsync.store." + room;
      case "dialect", "source", "table" -> "io.stepsync.jdbc." + room;
      case "check", "files", "served" -> "io.stepsync.main." + room;
      case "terminal", "dryrun", "discover" -> "io.stepsync.cli." + room;
      case "verb" -> "io.stepsync.cli.verify";
      case "preview" -> "io.stepsync.api.preview";
      case "firing" -> "io.stepsync.steps." + room;
      case "verifySteps" -> "io.stepsync.steps.verify";
      default -> "io.stepsync." + room;
    };
  }

  @ArchTest static final ArchRule dependencies_point_downwards_only = dependenciesPointDownwards();

  private static ArchRule dependenciesPointDownwards() {
    LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String room : ROOMS.keySet()) {
      house = house.layer(room).definedBy(packageOf(room));
    }
    for (Map.Entry<String, List<String>> room : ROOMS.entrySet()) {
      house =
          room.getValue().isEmpty()
              ? house.whereLayer(room.getKey()).mayNotAccessAnyLayer()
              : house
                  .whereLayer(room.getKey())
                  .mayOnlyAccessLayers(room.getValue().toArray(String[]::new));
    }
    return house;
  }

  @ArchTest
  static final ArchRule each_class_has_a_room =
      classes()
          .should()
          .resideInAnyPackage(
              ROOMS.keySet().stream().map(ArchitectureTest::packageOf).toArray(String[]::new));

  /** One of them is the package-info. */
  @ArchTest
  static void no_package_has_more_than_25_files(JavaClasses classes) {
    Map<String, Long> files =
        classes.stream()
            .filter(each -> each.getEnclosingClass().isEmpty())
            .filter(each -> !each.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(files).allSatisfy((room, count) -> assertThat(count + 1).isLessThanOrEqualTo(25));
  }

  @ArchTest
  static final ArchRule packages_do_not_depend_on_one_another_in_circles =
      slices().matching("io.stepsync.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classes_do_not_depend_on_one_another_in_circles =
      classes().should(new NotReachThemselves());

  @ArchTest
  static final ArchRule window_knows_nothing_but_java =
      classes()
          .that()
          .resideInAPackage("io.stepsync.window..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.stepsync.window..", "java..");

  @ArchTest
  static final ArchRule the_library_under_the_routes_knows_no_camel =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.stepsync",
              "io.stepsync.json..",
              "io.stepsync.window..",
              "io.stepsync.http..",
              "io.stepsync.jdbc..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule the_demo_is_used_by_main_only =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.stepsync.main..", "io.stepsync.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.stepsync.demo..");

  @ArchTest
  static final ArchRule only_programs_write_to_the_console =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.stepsync.main..", "io.stepsync.cli..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule logs_go_through_slf4j =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.stepsync.main..", "io.stepsync.cli..")
          .should(USE_JAVA_UTIL_LOGGING);

  /**
   * A nested class is a part of the one that it stands in. The search of {@code slices()} for
   * cycles misses some: not of so few slices as packages are, but of classes.
   */
  private static final class NotReachThemselves extends ArchCondition<JavaClass> {

    private final Map<String, Set<String>> targets = new TreeMap<>();

    NotReachThemselves() {
      super("not depend on themselves through others");
    }

    @Override
    public void init(Collection<JavaClass> all) {
      targets.clear();
      for (JavaClass origin : all) {
        Set<String> direct = targets.computeIfAbsent(topLevel(origin), name -> new TreeSet<>());
        origin.getDirectDependenciesFromSelf().stream()
            .map(dependency -> topLevel(dependency.getTargetClass().getBaseComponentType()))
            .filter(target -> !target.equals(topLevel(origin)))
            .forEach(direct::add);
      }
    }

    private static String topLevel(JavaClass inner) {
      JavaClass outer = inner;
      while (outer.getEnclosingClass().isPresent()) {
        outer = outer.getEnclosingClass().get();
      }
      return outer.getName();
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
      String name = item.getName();
      if (targets.containsKey(name)) {
        way(name, name, new HashSet<>())
            .ifPresent(way -> events.add(SimpleConditionEvent.violated(item, way)));
      }
    }

    /** Returns the shown way from one class to another, if there is one. */
    private Optional<String> way(String from, String to, Set<String> seen) {
      for (String next : targets.getOrDefault(from, Set.of())) {
        if (next.equals(to)) {
          return Optional.of(from + " -> " + to);
        }
        Optional<String> rest = seen.add(next) ? way(next, to, seen) : Optional.empty();
        if (rest.isPresent()) {
          return Optional.of(from + " -> " + rest.get());
        }
      }
      return Optional.empty();
    }
  }
}
