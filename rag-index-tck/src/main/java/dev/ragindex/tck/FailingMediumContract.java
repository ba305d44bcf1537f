package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Rule W13, for stores whose medium can be made to fail: a batch is committed again and again, each
 * time with one more operation before the medium fails, until it comes through.
 */
public abstract class FailingMediumContract {

  /** More operations than any commit of three documents can need. */
  private static final int MOST = 1_000;

  /** For subclasses. */
  protected FailingMediumContract() {}

  /**
   * Opens the store under test at the same place each time.
   *
   * @param faults asked before each operation that changes the medium
   * @return the store; the contract closes it
   */
  protected abstract VectorStore open(Faults faults);

  @Test
  void W13_after_a_failure_the_store_is_as_the_commit_before_left_it() {
    StoreModel model = new StoreModel();
    List<Mutation> before = List.of(put(id("a"), "one", "two"), put(id("b"), "three"));
    List<Mutation> batch =
        List.of(put(id("a"), "two", "four"), new Mutation.Remove(id("b")), put(id("c"), "five"));
    Faults faults = new Faults();
    try (VectorStore store = open(faults)) {
      commit(store, before);
      model.apply(before);
      int failures = 0;
      while (failures < MOST && !comesThrough(store, batch, faults, failures)) {
        try (Snapshot snapshot = store.snapshot()) {
          model.assertHeldBy(snapshot);
        }
        failures++;
      }
      assertThat(failures).isBetween(1, MOST - 1);
      model.apply(batch);
      try (VectorStore again = open(new Faults());
          Snapshot snapshot = again.snapshot()) {
        model.assertHeldBy(snapshot);
        assertThat(again.check()).isEmpty();
      }
    }
  }

  @Test
  void W13_the_writer_goes_on_or_says_that_it_is_closed() {
    Faults faults = new Faults();
    try (VectorStore store = open(faults)) {
      boolean wentOn;
      try (StoreWriter writer = store.writer()) {
        writer.commit(List.of(put(id("a"), "one")));
        faults.failAfter(0);
        assertThatThrownBy(() -> writer.commit(List.of(put(id("b"), "two"))))
            .isInstanceOf(IndexingException.class);
        faults.heal();
        wentOn = commitsOrIsClosed(writer, List.of(put(id("c"), "three")));
      }
      if (!wentOn) {
        commit(store, List.of(put(id("c"), "three")));
      }
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.states("docs").map(DocumentState::id))
            .containsExactlyInAnyOrder(id("a"), id("c"));
      }
    }
  }

  private static boolean commitsOrIsClosed(StoreWriter writer, List<Mutation> batch) {
    try {
      writer.commit(batch);
      return true;
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("closed");
      return false;
    }
  }

  private static void commit(VectorStore store, List<Mutation> batch) {
    try (StoreWriter writer = store.writer()) {
      writer.commit(batch);
    }
  }

  /** Commits with a medium that does so many operations and then fails; true if that was enough. */
  private static boolean comesThrough(
      VectorStore store, List<Mutation> batch, Faults faults, int operations) {
    try (StoreWriter writer = store.writer()) {
      faults.failAfter(operations);
      writer.commit(batch);
      return true;
    } catch (IndexingException e) {
      return false;
    } finally {
      faults.heal();
    }
  }

  /** Decides when the medium fails. Thread-safe. */
  public static final class Faults {

    private int operationsLeft = Integer.MAX_VALUE;

    /** A medium that works. */
    public Faults() {}

    /**
     * To be called before each operation that changes the medium.
     *
     * @throws IOException if the medium is to fail
     */
    public synchronized void check() throws IOException {
      if (operationsLeft == 0) {
        throw new IOException("the medium fails, as the test wants it");
      }
      operationsLeft--;
    }

    private synchronized void failAfter(int operations) {
      operationsLeft = operations;
    }

    private synchronized void heal() {
      operationsLeft = Integer.MAX_VALUE;
    }
  }
}
