package io.github.rq4j.interop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The house rules that a compiler cannot check. */
@AnalyzeClasses(packages = "io.github.rq4j", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final List<String> HIDDEN_LIBRARIES =
      List.of("net.razorvine.", "redis.clients.", "com.fasterxml.jackson.", "org.json.");

  /** What takes a library's object that the application has made. */
  private static final Set<String> ADAPTERS =
      Set.of("io.github.rq4j.client.redis.JedisConnections");

  @ArchTest
  static final ArchRule modules_depend_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("codec")
          .definedBy("io.github.rq4j.codec..")
          .layer("client")
          .definedBy("io.github.rq4j.client..")
          .layer("worker")
          .definedBy("io.github.rq4j.worker..")
          .layer("cli")
          .definedBy("io.github.rq4j.cli..")
          .layer("local")
          .definedBy("io.github.rq4j.local..")
          .layer("test-servers")
          .definedBy("io.github.rq4j.testservers..")
          .layer("testkit")
          .definedBy("io.github.rq4j.testkit..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("testkit")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("worker")
          .mayOnlyBeAccessedByLayers("cli", "testkit")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("worker", "cli", "testkit")
          .whereLayer("codec")
          .mayOnlyBeAccessedByLayers("client", "worker", "cli", "testkit")
          .whereLayer("local")
          .mayOnlyBeAccessedByLayers("cli", "test-servers", "testkit")
          .whereLayer("test-servers")
          .mayOnlyBeAccessedByLayers("testkit");

  @ArchTest
  static final ArchRule packages_do_not_depend_on_each_other_in_circles =
      slices()
          .matching("io.github.rq4j.(**)")
          .should()
          .beFreeOfCycles()
          // The codec's exceptions and limits stand above the packages that throw and obey them.
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              describe(
                  "shared vocabulary",
                  type ->
                      Set.of("io.github.rq4j.codec", "io.github.rq4j.client")
                          .contains(type.getPackageName())));

  @ArchTest
  static final ArchRule the_codec_knows_no_redis =
      noClasses()
          .that()
          .resideInAPackage("io.github.rq4j.codec..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("redis.clients..");

  @ArchTest
  static final ArchRule only_the_transport_speaks_jedis =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.github.rq4j.client.redis", "io.github.rq4j.testservers")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("redis.clients..");

  @ArchTest
  static final ArchRule no_library_shows_in_a_public_signature =
      classes().that().areNotAnonymousClasses().should(hideLibraries());

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..impl..");

  @ArchTest
  static final ArchRule nothing_is_static_and_mutable =
      classes().should(haveNoMutableStaticState());

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .should(
              new ArchCondition<JavaClass>("be in a package annotated with @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getPackageName() + " is not @NullMarked"));
                }
              });

  @ArchTest
  static final ArchRule libraries_do_not_print =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.github.rq4j.codec..", "io.github.rq4j.client..", "io.github.rq4j.worker..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  private static ArchCondition<JavaClass> hideLibraries() {
    return new ArchCondition<>("not show a library's type in a public or protected signature") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type) || ADAPTERS.contains(type.getName())) {
          return;
        }
        shownTypes(type)
            .filter(shown -> HIDDEN_LIBRARIES.stream().anyMatch(shown::startsWith))
            .forEach(
                shown ->
                    events.add(
                        SimpleConditionEvent.violated(type, type.getName() + " shows " + shown)));
      }
    };
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static Stream<String> shownTypes(JavaClass type) {
    Stream<JavaMember> members = type.getMembers().stream().filter(ArchitectureTest::isShown);
    Stream<JavaClass> signatures =
        members.flatMap(member -> member.getAllInvolvedRawTypes().stream());
    Stream<JavaClass> parents =
        Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
    return Stream.concat(signatures, parents)
        .map(JavaClass::getName)
        .collect(Collectors.toSet())
        .stream();
  }

  private static boolean isShown(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static ArchCondition<JavaClass> haveNoMutableStaticState() {
    return new ArchCondition<>("have no static field that can be assigned again") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getFields().stream()
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
            .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
            .forEach(
                field ->
                    events.add(
                        SimpleConditionEvent.violated(
                            field, field.getFullName() + " is static and not final")));
      }
    };
  }

  private ArchitectureTest() {}
}
