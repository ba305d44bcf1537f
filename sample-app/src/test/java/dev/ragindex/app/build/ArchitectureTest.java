package dev.ragindex.app.build;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which module may know which; see ARCHITECTURE.md. */
class ArchitectureTest {

  private static final String API = "dev.ragindex.api..";
  private static final String TOKENS = "dev.ragindex.tokens..";

  /** Each module's package, and what of ours it may use beside the api and itself. */
  private static final Map<String, String[]> MAY_USE =
      Map.of(
          "dev.ragindex.api..",
          new String[] {},
          "dev.ragindex.tck..",
          new String[] {},
          "dev.ragindex.tokens..",
          new String[] {},
          "dev.ragindex.core..",
          new String[] {},
          "dev.ragindex.parsers..",
          new String[] {},
          "dev.ragindex.store.lucene..",
          new String[] {},
          "dev.ragindex.store.pgvector..",
          new String[] {},
          "dev.ragindex.embedder.onnx..",
          new String[] {TOKENS},
          "dev.ragindex.bridge.langchain4j..",
          new String[] {TOKENS});

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ragindex");

  @Test
  void every_module_is_looked_at() {
    Set<String> empty = new TreeSet<>();
    for (String module : MAY_USE.keySet()) {
      if (OURS.that(resideInAnyPackage(module)).isEmpty()) {
        empty.add(module);
      }
    }
    assertThat(empty).as("modules without classes").isEmpty();
  }

  @Test
  void modules_know_only_the_api_and_what_they_are_allowed() {
    MAY_USE.forEach((module, more) -> rule(module, more).check(OURS));
  }

  private static ArchRule rule(String module, String[] more) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.ragindex..")
                .and(not(resideInAnyPackage(API, module)))
                .and(not(resideInAnyPackage(more))))
        .because(
            "values move one way: adapters and core stand on the api, and on each other never");
  }

  @Test
  void the_api_stands_on_nothing_but_the_jdk() {
    classes()
        .that()
        .resideInAPackage(API)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(API, "java..", "org.jspecify.annotations..")
        .check(OURS);
  }

  @Test
  void nothing_knows_the_command_line() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ragindex.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ragindex.app..")
        .check(OURS);
  }

  @Test
  void packages_do_not_go_round_in_circles() {
    slices().matching("dev.ragindex.(**)").should().beFreeOfCycles().check(OURS);
  }
}
