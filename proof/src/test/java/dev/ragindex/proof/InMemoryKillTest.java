package dev.ragindex.proof;

import dev.ragindex.api.VectorStore;
import dev.ragindex.core.memory.InMemoryStore;

/**
 * The kill suite on the store whose commits are atomic by construction: it tries the coordinator.
 */
class InMemoryKillTest extends KillContract {

  @Override
  Place place() {
    VectorStore store = InMemoryStore.create();
    return new Place() {
      @Override
      public VectorStore open(Lifetime life) {
        return store;
      }

      @Override
      public void crash() {}
    };
  }
}
