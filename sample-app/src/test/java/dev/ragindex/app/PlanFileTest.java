package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ragindex.core.Change;
import dev.ragindex.core.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The format of plans, version 1. If this fails because a record changed, plans that lie in review
 * somewhere cannot be applied any more: that is another version of the format.
 */
class PlanFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void a_plan_of_version_1() throws IOException {
    file = folder.resolve("plan.json");
    try (InputStream plan = PlanFileTest.class.getResourceAsStream("/plan-v1.json")) {
      Files.copy(plan, file);
    }
  }

  @Test
  void plan_of_version_1_can_be_read() {
    PlanFile read = PlanFile.read(file);

    assertThat(read.index()).isEqualTo("/home/anna/ix");
    assertThat(read.exclude()).containsExactly("drafts/**");
    assertThat(read.stages()).containsEntry("model", "hashing");
    Plan plan = read.plan();
    assertThat(plan.basis().root()).isEqualTo("/home/anna/handbook");
    assertThat(plan.basis().maxEmbeddedTokens()).isEqualTo(1_000);
    assertThat(plan.basis().accepted()).containsExactly("x.md");
    assertThat(plan.steps())
        .extracting(step -> step.change().kind(), step -> step.change().document().key())
        .containsExactly(
            tuple(Change.Kind.UPDATE, "a.md"),
            tuple(Change.Kind.MOVE, "bb.md"),
            tuple(Change.Kind.DELETE, "c.md"),
            tuple(Change.Kind.ADD, "e.md"));
    assertThat(plan.steps().getFirst().bytes()).asString().startsWith("875c2aa6");
    assertThat(plan.forecast().changes()).isEqualTo(plan.changes());
    assertThat(plan.forecast().total()).isEqualTo(Duration.ofMillis(3_500));
  }

  @Test
  void plan_is_written_as_it_was_read() throws IOException {
    Path copy = folder.resolve("copy.json");

    PlanFile.read(file).write(copy);

    assertThat(copy).hasSameTextualContentAs(file);
    assertThat(PlanFile.read(copy)).isEqualTo(PlanFile.read(file));
  }
}
