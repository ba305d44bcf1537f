package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.VectorStore;
import dev.ragindex.proof.KillContract.Played;
import dev.ragindex.store.lucene.LuceneStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes on one index: halted at random operations, killed by {@code kill -9} at random
 * times, fighting over the writer. The long form ({@code -Dragindex.soak=true}) kills 400 times.
 */
@Timeout(3600)
class ProcessesTest {

  private static final int LAST = Played.SCENARIO.size();

  private final Random random = new Random(Soak.seed());

  @TempDir Path folder;

  @Test
  void a_process_halted_at_a_random_operation_leaves_whole_documents()
      throws IOException, InterruptedException {
    int kills = 0;
    Path index = folder.resolve("halted");
    for (int round = 0, step = 0; kills < Soak.size(3, 200); round++) {
      try (ChildProcess child = ChildProcess.playing(index, step, 50 + random.nextInt(400))) {
        step = child.await();
        kills += child.endedWell() ? 0 : 1;
      }
      if (step == LAST) {
        requireUndisturbed(index);
        index = folder.resolve("halted" + round);
        step = 0;
      } else {
        requireWhole(index, step);
      }
    }
  }

  @Test
  void a_process_killed_at_a_random_time_leaves_whole_documents()
      throws IOException, InterruptedException {
    int kills = 0;
    Path index = folder.resolve("killed");
    for (int round = 0, step = 0; kills < Soak.size(3, 200); round++) {
      try (ChildProcess child = ChildProcess.playing(index, step, Integer.MAX_VALUE)) {
        Thread.sleep(random.nextInt(1_500));
        step = child.kill();
        kills += child.endedWell() ? 0 : 1;
      }
      if (step == LAST) {
        requireUndisturbed(index);
        index = folder.resolve("killed" + round);
        step = 0;
      } else {
        requireWhole(index, step);
      }
    }
  }

  /** Each document is as before the step or as after it; what earlier steps did is there. */
  private static void requireWhole(Path index, int step) {
    Played played = Played.SCENARIO.get(step);
    VectorStore store = LuceneStore.at(index);
    assertThat(store.check()).isEmpty();
    new Witness(store, played.before(), played.after(), played.step().moves()).close();
  }

  private static void requireUndisturbed(Path index) {
    try (VectorStore store = LuceneStore.at(index)) {
      IndexDump.of(store).assertEqualTo(Played.SCENARIO.getLast().after());
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void of_two_indexers_the_second_fails_at_once_and_readers_go_on()
      throws IOException, InterruptedException {
    Path index = folder.resolve("held");
    Played first = Played.SCENARIO.getFirst();
    Played second = Played.SCENARIO.get(1);
    play(first, index);
    try (ChildProcess child = ChildProcess.holding(index)) {
      assertThatThrownBy(() -> play(second, index))
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining("process " + child.pid());
      new Witness(LuceneStore.at(index), first.after(), first.after(), Map.of()).close();
      child.kill();
    }
    play(second, index); // a dead holder does not block
    try (VectorStore store = LuceneStore.at(index)) {
      IndexDump.of(store).assertEqualTo(second.after());
    }
  }

  private static void play(Played played, Path index) {
    KillContract.call(
        played.step(), LuceneStore.at(index), Lifetime.unlimited(), KillContract.AT_THE_END);
  }
}
