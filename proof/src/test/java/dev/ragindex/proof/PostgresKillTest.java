package dev.ragindex.proof;

import dev.ragindex.test.postgres.TestSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kill suite on PostgreSQL. A trial takes longer there, so the short form kills at every 29th,
 * 61st or 37th moment only; the long form at each.
 */
class PostgresKillTest extends KillContract {

  private TestSchema postgres;
  private boolean stepByStatement;

  @Override
  int stride() {
    return Soak.size(29, 1);
  }

  @Override
  int strideOfManyCommits() {
    return Soak.size(61, 1);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void a_run_killed_at_any_statement_is_finished_by_the_next(Played step) {
    stepByStatement = true;
    kill(step, AT_THE_END, Soak.size(37, 1));
  }

  @Override
  Place place() {
    drop();
    postgres = new TestSchema();
    return new PostgresPlace(postgres, stepByStatement);
  }

  @AfterEach
  void drop() {
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }
}
