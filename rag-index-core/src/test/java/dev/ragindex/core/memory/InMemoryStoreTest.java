package dev.ragindex.core.memory;

import dev.ragindex.api.VectorStore;
import dev.ragindex.tck.VectorStoreContract;

class InMemoryStoreTest extends VectorStoreContract {

  private final VectorStore store = InMemoryStore.create();

  @Override
  protected VectorStore open() {
    return store;
  }
}
