package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.VectorStore;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.proof.Scenario.Step;
import dev.ragindex.tck.AssertingVectorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run may die before and after every operation. Each step of the {@link Scenario} is killed at
 * its first step of life, its second, and so on until it comes through; after each death the next
 * process finishes it. The index must then be what the undisturbed scenario gives, no acknowledged
 * commit may be lost, and a reader must never have seen half a document.
 *
 * <p>A store is put to the proof by a subclass that gives it a {@link Place}.
 */
@Timeout(120)
abstract class KillContract {

  /** Chunks after which a run commits: so many that it does so once, or after each document. */
  static final int AT_THE_END = 1_000;

  static final int EACH_DOCUMENT = 1;

  /** An empty place for each trial. */
  abstract Place place();

  /** How many moments of a run are passed over for one at which it is killed. */
  int stride() {
    return 1;
  }

  /** How many moments of a run of many commits are passed over for one at which it is killed. */
  int strideOfManyCommits() {
    return 1;
  }

  static List<Played> steps() {
    return Played.SCENARIO;
  }

  @ParameterizedTest
  @MethodSource("steps")
  void a_run_killed_anywhere_is_finished_by_the_next(Played step) {
    kill(step, AT_THE_END, stride());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void a_run_of_many_commits_killed_anywhere_is_finished_by_the_next(Played step) {
    kill(step, EACH_DOCUMENT, strideOfManyCommits());
  }

  /** Kills one step at every stride-th moment of its life. */
  final void kill(Played step, int commitEvery, int stride) {
    int kills = 0;
    while (!new Trial(place(), step, commitEvery).survives(Lifetime.of(kills * stride))) {
      kills++;
    }
    System.out.printf("%s: '%s' killed %d times%n", getClass().getSimpleName(), step, kills);
    assertThat(kills * stride).isGreaterThan(10);
  }

  @Test
  void what_the_scenario_leaves_is_what_indexing_from_scratch_gives() {
    for (Played played : Played.SCENARIO) {
      VectorStore scratch = InMemoryStore.create();
      Step indexing = played.step().withAction(RagIndex::sync);
      call(indexing, scratch, Lifetime.unlimited(), AT_THE_END);
      IndexDump fresh = IndexDump.of(scratch);
      assertThat(played.after().indexed(fresh)).isEqualTo(fresh.indexed(played.after()));
    }
    assertThat(Played.SCENARIO.getLast().after().isClean()).isTrue();
  }

  /**
   * A step with the index before and after it, as the undisturbed scenario leaves them.
   *
   * @param step the step
   * @param before the index before
   * @param after the index after
   */
  record Played(Step step, IndexDump before, IndexDump after) {

    static final List<Played> SCENARIO = play();

    private static List<Played> play() {
      List<Played> played = new ArrayList<>();
      VectorStore store = InMemoryStore.create();
      for (Step step : Scenario.steps()) {
        IndexDump before = IndexDump.of(store);
        call(step, AssertingVectorStore.of(store), Lifetime.unlimited(), AT_THE_END);
        played.add(new Played(step, before, IndexDump.of(store)));
      }
      return List.copyOf(played);
    }

    @Override
    public String toString() {
      return step.name();
    }
  }

  static void call(Step step, VectorStore store, Lifetime life, int commitEvery) {
    call(step, store, life, commitEvery, new MortalEmbedder(life));
  }

  static void call(
      Step step, VectorStore store, Lifetime life, int commitEvery, MortalEmbedder embedder) {
    try (RagIndex index =
        RagIndex.builder()
            .store(store)
            .parser(new ParagraphParser())
            .embedder(embedder)
            .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(step.maxTokens())))
            .commitEvery(commitEvery, Duration.ofMinutes(1))
            .build()) {
      step.action().run(index, new MortalSource(step.world(), life));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One step, disturbed once. */
  private record Trial(Place place, Played played, int commitEvery) {

    /** Whether the step came through within its life; if not, the next process finishes it. */
    boolean survives(Lifetime life) {
      place.seed(played.before());
      VectorStore reader = place.open(Lifetime.unlimited());
      try (Witness witness =
          new Witness(reader, played.before(), played.after(), played.step().moves())) {
        boolean survived = lives(life);
        if (!survived) {
          witness.look();
          assertThat(lives(Lifetime.unlimited())).isTrue();
        }
        IndexDump.of(reader).assertEqualTo(played.after());
        assertThat(reader.check()).isEmpty();
        return survived;
      }
    }

    private boolean lives(Lifetime life) {
      MortalStore store = new MortalStore(place.open(life), life);
      try {
        call(played.step(), store, life, commitEvery);
      } catch (RuntimeException | Error e) {
        if (!life.over()) {
          throw e;
        }
      }
      if (life.over()) {
        place.crash();
        store.abandon();
        requireDurable(store.acknowledged());
      }
      return !life.over();
    }

    private void requireDurable(long acknowledged) {
      try (VectorStore store = place.open(Lifetime.unlimited());
          var snapshot = store.snapshot()) {
        assertThat(snapshot.revision())
            .as("last commit, of which number %d was acknowledged", acknowledged)
            .isGreaterThanOrEqualTo(acknowledged);
      }
    }
  }
}
