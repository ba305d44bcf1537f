package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.proof.DefectiveStore.Defect;
import dev.ragindex.proof.KillContract.Played;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kill suite is no formality: a store with a defect fails it, the same store without passes.
 */
class NegativeControlsTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_defective_store_fails(Defect defect) {
    assertThatThrownBy(() -> killAll(defect)).isInstanceOf(AssertionError.class);
  }

  @Test
  void the_same_store_without_a_defect_passes() {
    killAll(Defect.NONE);
  }

  private static void killAll(Defect defect) {
    KillContract suite =
        new KillContract() {
          @Override
          Place place() {
            return DefectiveStore.place(defect);
          }
        };
    Played.SCENARIO.forEach(step -> suite.kill(step, KillContract.AT_THE_END, 1));
  }
}
