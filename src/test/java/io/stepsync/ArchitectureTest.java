package io.stepsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.stepsync", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dependencies_point_from_ops_over_camel_to_http_and_jdbc_and_then_to_sync =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("ops")
          .definedBy("io.stepsync.ops..")
          .layer("camel")
          .definedBy("io.stepsync.camel..")
          .layer("settings")
          .definedBy("io.stepsync")
          .layer("http")
          .definedBy("io.stepsync.http..")
          .layer("jdbc")
          .definedBy("io.stepsync.jdbc..")
          .layer("sync")
          .definedBy("io.stepsync.sync..")
          .whereLayer("ops")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("camel")
          .mayOnlyBeAccessedByLayers("ops")
          .whereLayer("settings")
          .mayOnlyBeAccessedByLayers("camel", "ops")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("settings", "camel", "ops")
          .whereLayer("jdbc")
          .mayOnlyBeAccessedByLayers("settings", "camel", "ops");

  @ArchTest
  static final ArchRule packages_do_not_depend_on_one_another_in_circles =
      slices().matching("io.stepsync.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sync_knows_nothing_but_java =
      classes()
          .that()
          .resideInAPackage("io.stepsync.sync..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.stepsync.sync..", "java..");

  @ArchTest
  static final ArchRule the_library_under_the_routes_knows_no_camel =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.stepsync", "io.stepsync.sync..", "io.stepsync.http..", "io.stepsync.jdbc..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule the_demo_is_used_by_ops_only =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.stepsync.ops..", "io.stepsync.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.stepsync.demo..");

  @ArchTest
  static final ArchRule only_ops_writes_to_the_console =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stepsync.ops..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule logs_go_through_slf4j =
      noClasses().that().resideOutsideOfPackage("io.stepsync.ops..").should(USE_JAVA_UTIL_LOGGING);
}
